import Foundation
import Records
import Workflows

extension Lab {
  /// The maximum number of addresses at once.
  private static let mostAddresses = 20

  /// The web addresses in a field of a form, one in a line.
  func addresses(in texts: [String]) throws -> [WebAddress] {
    let lines = texts.flatMap { $0.split(whereSeparator: \.isNewline) }
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    guard lines.count <= Lab.mostAddresses else {
      throw WebFault(
        .unprocessableContent, "Give at most \(Lab.mostAddresses) addresses at once.")
    }
    return try lines.map { try WebAddress($0) }
  }

  /// Queues the download of some addresses.
  ///
  /// - Returns: the job, and the folder that the files will be in.
  func fetch(_ addresses: [WebAddress]) async throws -> (job: Job, folder: String) {
    let folder = uploads.newFolder()
    let title =
      addresses.count == 1
      ? "Download \(addresses[0].fileName)" : "Download \(addresses.count) files"
    let arguments =
      ["fetch"] + addresses.map(\.description)
      + ["--out", folder, "--max-size", "\(max(1, settings.maxUpload >> 20))"]
      + (settings.allowsLocalURLs ? ["--allow-local-urls"] : [])
    return (try await queue.add(title, command: "fetch", arguments: arguments), folder)
  }
}
