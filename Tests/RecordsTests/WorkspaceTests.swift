import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct WorkspaceTests {
  @Test func theNearestWorkspaceUpwardsIsFound() throws {
    let folder = try TemporaryFolder()
    for part in Workspace.parts + ["x/y"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(part), withIntermediateDirectories: true)
    }
    let root = Workspace.absolute(folder.path)
    #expect(try Workspace(above: folder.path("x/y")).path == root)
    #expect(try Workspace(above: folder.path).path == root)
    #expect(try Workspace(at: folder.path).lab(of: "r") == "\(root)/Labs/r")
  }

  @Test func withoutOneTheSentenceTellsHowToMakeOne() throws {
    let folder = try TemporaryFolder()
    let root = Workspace.absolute(folder.path)
    #expect(throws: RecordsError.noWorkspace(start: root)) { try Workspace(above: folder.path) }
    #expect(
      RecordsError.noWorkspace(start: "/x").description.contains("dflab init"))
  }

  @Test func aNamedFolderThatIsNoneIsRefused() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("Datasets"), withIntermediateDirectories: true)
    #expect(
      throws: RecordsError.notAWorkspace(
        path: Workspace.absolute(folder.path), missing: "Checkpoints")
    ) { try Workspace(at: folder.path) }
  }

  @Test func aFileIsNoPartOfAWorkspace() throws {
    let folder = try TemporaryFolder()
    for part in Workspace.parts.dropLast() {
      try FileManager.default.createDirectory(
        atPath: folder.path(part), withIntermediateDirectories: true)
    }
    #expect(FileManager.default.createFile(atPath: folder.path("Labs"), contents: nil))
    #expect(
      throws: RecordsError.notAWorkspace(path: Workspace.absolute(folder.path), missing: "Labs")
    ) { try Workspace(at: folder.path) }
  }
}
