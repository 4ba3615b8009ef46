import FlyingSocks
import Foundation
import Synchronization

/// One connection: its requests, one after the other, and perhaps a WebSocket at the end.
///
/// Every length is bounded.
struct Connection: Sendable {
  let socket: AsyncSocket
  let app: WebApp

  /// How much of a refused request's body is read before its connection is closed.
  private static let mostDrained = 16 << 20
  /// How much of a file is read at once.
  private static let chunk = 1 << 18
  /// How long a request's head may take to arrive, and a connection may be idle.
  private static let patience = Duration.seconds(75)

  /// Answers requests until the connection ends.
  func run() async {
    defer { try? socket.close() }
    let reader = SocketReader(socket)
    do {
      while try await answerNext(reader) {}
    } catch {
      // The other side has gone, or the server ends.
    }
  }

  /// Answers one request; false if it was the last.
  private func answerNext(_ reader: SocketReader) async throws -> Bool {
    let head: RequestHead
    do {
      let bytes = try await withTimeout { try await reader.head(most: RequestHead.longest) }
      guard let bytes else { return false }
      head = try RequestHead(bytes)
    } catch SocketReader.Fault.tooLong {
      return try await refuse(WebFault(.headersTooLarge, "The request's headers are too long."))
    } catch let fault as WebFault {
      return try await refuse(fault)
    }
    let body = RequestBody(head, from: reader, socket)
    let reply = await app.reply(to: head, body: body)
    if case .socket(let conversation) = reply.body {
      try await talk(conversation, after: head, reader)
      return false
    }
    let isKept = await body.finish(most: Connection.mostDrained) && head.isKept
    try await send(reply, isKept: isKept, withBody: head.method != "HEAD")
    return isKept
  }

  private func refuse(_ fault: WebFault) async throws -> Bool {
    try await send(app.page(for: fault, isOfAPI: false), isKept: false, withBody: true)
    return false
  }

  private func withTimeout<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: Connection.patience)
        throw SocketReader.Fault.ended
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw SocketReader.Fault.ended }
      return first
    }
  }

  private func send(_ reply: WebReply, isKept: Bool, withBody: Bool) async throws {
    let count =
      switch reply.body {
      case .bytes(let bytes): bytes.count
      case .file(_, let range): range.count
      case .socket: 0
      }
    var lines = ["HTTP/1.1 \(reply.status.rawValue) \(reply.status.phrase)"]
    // A header's value never ends its line.
    lines += reply.headers.map { name, value in
      "\(name): \(value.filter { !$0.isNewline && $0 != "\0" })"
    }
    if reply.status != .notModified { lines.append("Content-Length: \(count)") }
    if !isKept { lines.append("Connection: close") }
    var first = Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    guard withBody, count > 0 else { return try await socket.write(first) }
    switch reply.body {
    case .bytes(let bytes):
      first.append(bytes)
      try await socket.write(first)
    case .file(let url, let range):
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      try file.seek(toOffset: UInt64(range.lowerBound))
      var left = range.count
      while left > 0 {
        let part = try file.read(upToCount: min(left, Connection.chunk)) ?? Data()
        // A file that has become shorter: the announced length cannot be kept.
        guard !part.isEmpty else { throw SocketReader.Fault.ended }
        // The head and the beginning are one write: a second one might wait for the first to arrive.
        try await socket.write(first + part)
        first = Data()
        left -= part.count
      }
    case .socket: break
    }
  }

  /// Switches to a WebSocket, and answers its messages until it ends.
  private func talk(
    _ conversation: Conversation, after head: RequestHead, _ reader: SocketReader
  ) async throws {
    defer { conversation.end() }
    guard let accepted = SocketHandshake.accept(head) else {
      _ = try await refuse(WebFault(.badRequest, "The WebSocket's handshake is not valid."))
      return
    }
    try await socket.write(
      Data(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: \(accepted)\r
        \r

        """.utf8))
    let frames = SocketFrames(reader: reader, socket: socket)
    while let message = try await frames.message() {
      try await frames.send(await conversation.answer(message))
    }
  }
}

/// What a WebSocket's messages are answered with.
struct Conversation: Sendable {
  /// The answer to a binary message.
  let answer: @Sendable (Data) async -> String
  /// Called once, at the end.
  let end: @Sendable () -> Void
}
