import Engine
import Foundation
import Media
import TestSupport

@testable import Records
@testable import Workflows

/// The folders of a run called "r" in a new workspace.
func testRun(in folder: TemporaryFolder) throws -> RunFolder {
  let run = RunFolder(try RunName("r"), in: try testWorkspace(in: folder))
  try run.make()
  return run
}

/// A new workspace.
func testWorkspace(in folder: TemporaryFolder) throws -> Workspace {
  for part in Workspace.parts {
    try FileManager.default.createDirectory(
      atPath: folder.path(part), withIntermediateDirectories: true)
  }
  return try Workspace(at: folder.path)
}

/// A folder with 16 small pictures of one made-up person, the first a JPEG.
func writeFaces(_ name: String, in folder: TemporaryFolder, seed: UInt64) throws -> String {
  let path = folder.path("Datasets/\(name)")
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  for (index, picture) in gradientPictures(16, side: 48, seed: seed).enumerated() {
    let (format, ending) = index == 0 ? (PictureFormat.jpeg(quality: 95), "jpg") : (.png, "png")
    let number = index < 10 ? "0\(index)" : "\(index)"
    try WholeFile.write(
      try picture.encoded(as: format, mark: nil), to: "\(path)/\(number).\(ending)")
  }
  return path
}
