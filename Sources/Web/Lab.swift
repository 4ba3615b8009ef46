import Foundation
import Records

/// What the pages of a workspace work with.
struct Lab: Sendable {
  let workspace: Workspace
  let settings: ServerSettings
  let index: LabIndex
  let queue: JobQueue
  let uploads: Uploads
  let thumbnails: Thumbnails
  /// How many cameras may be looked at.
  let cameras = Limit(WebcamPage.most)

  /// - Parameter program: the path of `dflab`.
  init(_ workspace: Workspace, _ settings: ServerSettings, program: String) throws {
    (self.workspace, self.settings) = (workspace, settings)
    let own = try Lab.madeFolder(in: workspace)
    let index = try LabIndex(of: workspace)
    self.index = index
    queue = try JobQueue(in: "\(own)/jobs", of: workspace, program: program) { job in
      if job.state.isFinal { Task { await index.refresh() } }
    }
    uploads = Uploads(in: "\(own)/uploads", most: settings.maxUpload)
    thumbnails = Thumbnails(in: "\(own)/thumbnails")
  }

  /// Where the server keeps its own files.
  static func folder(in workspace: Workspace) -> String { "\(workspace.path)/.dflab/web" }

  /// The folder of the server's own files, which only their owner may enter; made if there is none.
  static func madeFolder(in workspace: Workspace) throws -> String {
    let folder = folder(in: workspace)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw RecordsError.unwritable(path: folder, reason: RunFolder.reason(of: error))
    }
    return folder
  }

  /// Writes a file atomically.
  static func write(_ data: Data, to path: String) throws {
    do {
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw RecordsError.unwritable(path: path, reason: RunFolder.reason(of: error))
    }
  }
}
