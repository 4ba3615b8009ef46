import Foundation
import Records

extension Lab {
  /// Queues a request.
  ///
  /// - Parameters:
  ///   - words: the words of its options, by name; paths must lie in the workspace or among uploads.
  ///   - title: what it does, for people; nil for the command.
  ///   - run: the run that it makes, if its name is known.
  ///   - after: the jobs whose results it needs.
  func add<Request: RunRequest>(
    _ type: Request.Type, _ words: [String: [String]], titled title: String? = nil,
    run: String? = nil, after: [Int] = []
  ) async throws -> Job {
    let request = try request(type, words)
    return try await queue.add(
      title ?? Request.command, command: Request.command, arguments: request.line, run: run,
      after: after)
  }

  /// The request of some options; throws with what is wrong with it.
  func request<Request: RunRequest>(
    _ type: Request.Type, _ words: [String: [String]]
  ) throws -> Request {
    let known = Set(Request.options.map(\.description.name))
    if let name = words.keys.sorted().first(where: { !known.contains($0) || $0 == "workspace" }) {
      throw WebFault(
        .unprocessableContent, "'\(Request.command)' has no option '\(name)' in the browser.")
    }
    let request: Request
    do throws(RequestFault) {
      request = try Request(words)
    } catch {
      throw WebFault(.unprocessableContent, error.sentence)
    }
    if let fault = request.fault { throw WebFault(.unprocessableContent, fault) }
    if let name = request.missing.first {
      throw WebFault(.unprocessableContent, "'\(name)' is required.")
    }
    for path in request.paths { _ = try workspace.path(ofForm: path) }
    return request
  }
}

extension Workspace {
  /// A name that no run has: the given one in the characters of run names, with a number if necessary.
  func freeRun(_ name: String) -> String {
    let name = RunName.tamed(name[...])
    let names = [name] + (2...9999).lazy.map { "\(name)-\($0)" }
    return names.first { !FileKind.isThere(lab(of: $0)) } ?? name
  }
}
