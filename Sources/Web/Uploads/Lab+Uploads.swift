import Foundation
import Records

extension Lab {
  /// Removes uploads that neither a run nor an open job needs any more.
  func release(_ uploads: Set<String>) async {
    guard !uploads.isEmpty else { return }
    let open = await openUploads
    let runs = try? await index.current().sources(below: ".dflab/web/uploads")
    let used = self.uploads.named(in: (runs ?? [:]).values.flatMap(\.self))
    for upload in uploads.subtracting(used).subtracting(open) {
      try? self.uploads.remove(upload)
    }
  }

  /// The uploads that jobs which have not ended need.
  private var openUploads: Set<String> {
    get async {
      let jobs = await queue.all.filter { !$0.state.isFinal }
      return uploads.named(in: jobs.flatMap(\.arguments))
    }
  }

  /// Removes what is older than the settings allow, at once and every hour.
  func removeOldUploads() async throws {
    while true {
      uploads.removeOld(
        after: Double(settings.keptDays) * 24 * 3600, except: await openUploads)
      try await Task.sleep(for: .seconds(3600))
    }
  }
}
