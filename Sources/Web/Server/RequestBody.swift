import FlyingSocks
import Foundation
import Synchronization

/// The body of a request, which is read at most once, while it arrives.
final class RequestBody: Sendable {
  private enum State { case unread, begun, read }

  /// The length in bytes; nil if it was not announced.
  let count: Int?
  private let next: @Sendable () async throws -> [UInt8]?
  private let state = Mutex(State.unread)

  /// - Parameters:
  ///   - count: the length in bytes; nil if it is unknown.
  ///   - next: the next part, or nil at the end.
  init(count: Int?, next: @escaping @Sendable () async throws -> [UInt8]?) {
    (self.count, self.next) = (count, next)
  }

  /// A body that is there already.
  convenience init(_ bytes: Data) {
    let rest = Mutex([UInt8](bytes))
    self.init(count: bytes.count) {
      rest.withLock { rest in
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
      }
    }
  }

  /// The body that follows a request's head.
  convenience init(_ head: RequestHead, from reader: SocketReader, _ socket: AsyncSocket) {
    let left = Mutex(0)
    let isFirst = Mutex(head["Expect"]?.lowercased() == "100-continue")
    let isContinued: @Sendable () async throws -> Void = {
      let isAwaited = isFirst.withLock { first in
        defer { first = false }
        return first
      }
      if isAwaited { try await socket.write(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
    }
    switch head.framing {
    case .length(let count):
      left.withLock { $0 = count }
      self.init(count: count) {
        let rest = left.withLock { $0 }
        guard rest > 0 else { return nil }
        try await isContinued()
        let part = try await reader.bytes(most: min(rest, RequestBody.chunk))
        left.withLock { $0 -= part.count }
        return part
      }
    case .chunked:
      self.init(count: nil) {
        try await isContinued()
        if left.withLock({ $0 }) == 0 {
          let size = try await RequestBody.chunkSize(reader.line(most: 200))
          guard size > 0 else {
            while try await !reader.line(most: 2000).isEmpty {}
            return nil
          }
          left.withLock { $0 = size }
        }
        let part = try await reader.bytes(
          most: min(left.withLock { $0 }, RequestBody.chunk))
        let rest = left.withLock { left in
          left -= part.count
          return left
        }
        if rest == 0, try await !reader.line(most: 0).isEmpty { throw RequestBody.early }
        return part
      }
    }
  }

  private static let chunk = 1 << 16
  private static let early = WebFault(.badRequest, "The request is not valid, or ended early.")

  /// The size in a chunk's first line; extensions are ignored.
  private static func chunkSize(_ line: [UInt8]) throws(WebFault) -> Int {
    let digits = line.prefix { $0 != 0x3B }
    guard (1...15).contains(digits.count),
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0
    else { throw early }
    return size
  }

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
      while let part = try await next() {
        size += part.count
        guard size <= most else { throw WebFault.tooLarge(most) }
        try take(Data(part))
      }
    } catch is SocketReader.Fault {
      throw RequestBody.early
    }
    state.withLock { $0 = .read }
  }

  /// Reads what a handler has left, if that is short.
  ///
  /// - Returns: false if some of it remains, which would be taken for the next request.
  func finish(most: Int) async -> Bool {
    if count == 0 { return true }
    switch state.withLock({ $0 }) {
    case .read: return true
    case .begun: return false
    case .unread:
      do { try await read(most: most) { _ in } } catch { return false }
      return true
    }
  }
}
