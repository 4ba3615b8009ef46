import Foundation
import Media

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "dflab-faces-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], as name: String) throws {
    try Data(bytes).write(to: URL(filePath: path + "/" + name))
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
