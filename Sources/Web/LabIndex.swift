import Foundation
import Records

/// The registry of the workspace, kept open.
///
/// With thousands of runs it takes a while to see what has changed in the folders; so pages show what is
/// known, and the folders are read after a page was shown, and after each job; then the pictures of new
/// datasets are listed.
actor LabIndex {
  private let workspace: Workspace
  private let registry: Registry
  private var read = ContinuousClock.now
  private var reading: Task<Void, Never>?
  private var listing: Task<Void, Never>?

  /// How old the known state may become before a page has it renewed.
  private static let age = Duration.seconds(2)

  init(of workspace: Workspace) throws {
    self.workspace = workspace
    registry = try Registry(workspace: workspace.path)
  }

  /// Reads the folders, unless that is going on.
  func refresh() {
    guard reading == nil else { return }
    let registry = registry
    reading = Task.detached {
      try? registry.renew()
      await self.finished()
    }
  }

  private func finished() {
    (reading, read) = (nil, .now)
    guard listing == nil else { return }
    let registry = registry
    listing = Task.detached {
      try? registry.listPictures()
      await self.listed()
    }
  }

  private func listed() { listing = nil }

  /// The registry as it is known; it is renewed afterwards.
  var known: Registry {
    if read.duration(to: .now) > LabIndex.age { refresh() }
    return registry
  }

  /// The registry after all changes.
  func current() async -> Registry {
    refresh()
    await reading?.value
    return registry
  }
}
