import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// A workspace in which two face sets and a labeled set were made on behalf of commands.
final class RecordedWorkshop {
  let shop: AugmentWorkshop
  private let heard = Heard()

  init(pictures: Int = 24) throws {
    shop = try AugmentWorkshop()
    try record { try shop.people(6) }
    guard pictures > 0 else { return }
    try augment(pictures)
  }

  var workspace: Workspace { shop.workspace }
  /// What was said of runs that could not be recorded.
  var warnings: [String] { heard.sentences }

  /// Runs something on behalf of a command.
  func record<Result>(_ body: () throws -> Result) rethrows -> Result {
    try RecordingContext.record(warn: { [heard] in heard.add($0) }, body)
  }

  func augment(_ pictures: Int = 24, _ change: (inout AugmentRequest) -> Void = { _ in }) throws {
    var request = shop.request(pictures)
    request.faces = [workspace.datasets(of: "people")]
    request.models = []
    change(&request)
    try record { [request] in _ = try AugmentRun.make(request) }
  }

  /// The registry as the folders are now.
  func registry() throws -> Registry { try Registry(workspace: workspace.path) }

  /// All rows of the registry, as text.
  func rows() throws -> [String] {
    let registry = try Registry(in: workspace)
    return try registry.rows()
  }
}

/// Sentences that were said, on whatever thread.
private final class Heard: Sendable {
  private let list = Mutex<[String]>([])
  func add(_ sentence: String) { list.withLock { $0.append(sentence) } }
  var sentences: [String] { list.withLock { $0 } }
}
