import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// The body of a request, which is read at most once, while it arrives.
final class RequestBody: Sendable {
  private enum State { case unread, begun, read }

  private let parts: HTTPBodySequence
  private let state = Mutex(State.unread)

  /// The length in bytes; nil if it was not announced.
  var count: Int? { parts.count }

  init(_ parts: HTTPBodySequence) { self.parts = parts }

  /// A body that is there already.
  convenience init(_ bytes: Data) { self.init(HTTPBodySequence(data: bytes)) }

  /// Reads the body in parts.
  ///
  /// - Parameters:
  ///   - most: the maximum number of bytes.
  ///   - take: receives each part.
  func read(most: Int, _ take: (Data) throws -> Void) async throws {
    let isFirst = state.withLock { state in
      defer { state = .begun }
      return state == .unread
    }
    precondition(isFirst, "a body that was read before")
    if let count, count > most { throw WebFault.tooLarge(most) }
    var size = 0
    do {
      for try await part in parts {
        size += part.count
        guard size <= most else { throw WebFault.tooLarge(most) }
        try take(part)
      }
    } catch is SocketError {
      throw WebFault(.badRequest, "The request ended early.")
    }
    if let count, size < count { throw WebFault(.badRequest, "The request ended early.") }
    state.withLock { $0 = .read }
  }

  /// Reads what a handler has left, if that is short.
  ///
  /// - Returns: false if some of it remains, which would be taken for the next request.
  func finish(most: Int) async -> Bool {
    switch state.withLock({ $0 }) {
    case .read: return true
    case .begun: return (count ?? .max) <= RequestBody.mostKept
    case .unread:
      guard let count, count <= most else { return false }
      if count <= RequestBody.mostKept { return true }
      do { try await read(most: most) { _ in } } catch { return false }
      return true
    }
  }

  /// FlyingFox itself reads the rest of bodies up to this length.
  static let mostKept = 1 << 16
}
