import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct HeldOutSourceTests {
  /// A face set of 20 pictures, each from the named source.
  private func folder(_ sources: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let lines = try sources.enumerated().map { index, source in
      let file = "\(index + 10).png"
      let picture = Image(width: 40, height: 40, filled: Color(gray: UInt8(index)))
      try WholeFile.write(try picture.encoded(as: .png, mark: nil), to: folder.path(file))
      var line = FaceEntry(file: file, landmarks: Array(repeating: SIMD2(20, 20), count: 68))
      line.source = source
      return line
    }
    try FaceSet.write(lines, to: folder.path)
    return folder
  }

  @Test func facesOfOnePictureStayOnOneSide() throws {
    // 17 of 20 would be trained on; the pictures 15 to 18 have one source.
    let sources = (0..<20).map { (15...18).contains($0) ? "group.jpg" : "\($0).jpg" }
    let folder = try folder(sources)
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.training == 0..<15 && faces.heldOut == 15..<20)
  }

  @Test func aFolderOfOneSourceIsDividedAsUsual() throws {
    let folder = try folder(Array(repeating: "one.jpg", count: 20))
    let faces = try FaceFolder(at: folder.path)
    #expect(faces.training == 0..<17)
  }
}
