import Foundation
import Media
import TestSupport

extension TemporaryFolder {
  func write(_ bytes: [UInt8], as name: String) throws {
    let file = URL(filePath: path(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func write(_ image: Image, as name: String) throws {
    try write(image.encoded(as: .png, mark: nil), as: name)
  }

  /// Pictures `face_00.png`, `face_01.png`, …, the first at 40×40, each next one pixel larger.
  func fill(_ count: Int) throws {
    for index in 0..<count {
      try write(
        .noise(width: 40 + index, height: 40 + index),
        as: "face_\(index < 10 ? "0" : "")\(index).png")
    }
  }
}
