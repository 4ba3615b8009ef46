import Foundation
import GRDB

/// The index of a workspace, `.dflab/registry.sqlite`, derived from the folders.
///
/// Every query first reads what has changed in the folders; a lost registry is rebuilt. Several
/// processes may use it at once.
public final class Registry: Sendable {
  let workspace: Workspace
  let queue: DatabaseQueue
  /// Held while pictures are listed.
  let listing = NSLock()

  /// The timeout for locks of other processes, in seconds.
  private static let patience = 3.0

  /// Opens or creates the registry of a workspace.
  init(in workspace: Workspace) throws(RecordsError) {
    self.workspace = workspace
    let path = Registry.path(in: workspace)
    try RunFolder.make(workspace.hidden)
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(Registry.patience)
    do {
      queue = try Registry.opened(path, configuration)
    } catch let error as RecordsError {
      throw error
    } catch {
      throw Registry.fault(path, error)
    }
  }

  static func path(in workspace: Workspace) -> String { "\(workspace.hidden)/registry.sqlite" }

  /// Opens the file and migrates it.
  ///
  /// If two processes do that at the same time, the second one retries.
  private static func opened(
    _ path: String, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    func open() throws -> DatabaseQueue {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let migrator = RegistrySchema.migrator
      guard try !queue.read(migrator.hasBeenSuperseded) else {
        throw RecordsError.newerRegistry(path: path)
      }
      if try !queue.read(migrator.hasCompletedMigrations) { try migrator.migrate(queue) }
      return queue
    }
    do {
      return try open()
    } catch let error as DatabaseError
      where [.SQLITE_BUSY, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
    {
      Thread.sleep(forTimeInterval: 0.2)
      return try open()
    }
  }

  /// Accesses the database, and converts its errors.
  func with<Result>(_ body: (DatabaseQueue) throws -> Result) throws(RecordsError) -> Result {
    do {
      return try body(queue)
    } catch let error as RecordsError {
      throw error
    } catch {
      throw Registry.fault(queue.path, error)
    }
  }

  private static func fault(_ path: String, _ error: any Error) -> RecordsError {
    let error = error as? DatabaseError
    if let error, [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      return .lockedRegistry(path: path)
    }
    return .brokenRegistry(path: path, reason: error?.message ?? "not a registry")
  }
}
