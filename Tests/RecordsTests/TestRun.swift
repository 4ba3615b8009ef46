import Foundation
import TestSupport

@testable import Records

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
