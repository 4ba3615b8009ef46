import FlyingFox
import FlyingSocks
import Foundation

/// Connects the lab's pages to FlyingFox.
struct Bridge: HTTPHandler {
  let app: WebApp

  /// How much of a refused request's body is read before its connection is closed.
  private static let mostDrained = 16 << 20
  /// How much of a file is read at once.
  private static let chunk = 1 << 16

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let sent = RequestBody(request.bodySequence)
    let reply = await app.reply(to: request, body: sent)
    if case .socket(let handler) = reply.body {
      return try await WebSocketHTTPHandler(handler: handler).handleRequest(request)
    }
    var headers = HTTPHeaders()
    for (name, value) in reply.headers { headers.addValue(value, for: HTTPHeader(name)) }
    var body = try content(of: reply)
    if request.method == .HEAD {
      headers[.contentLength] = "\(body.count ?? 0)"
      body = HTTPBodySequence()
    }
    if await !sent.finish(most: Bridge.mostDrained) {
      headers[.connection] = "close"
      body = HTTPBodySequence(from: LastBytes(parts: body), count: body.count ?? 0)
    }
    return HTTPResponse(
      statusCode: HTTPStatusCode(reply.status.rawValue, phrase: reply.status.phrase),
      headers: headers, body: body)
  }

  private func content(of reply: WebReply) throws -> HTTPBodySequence {
    switch reply.body {
    case .bytes(let bytes): HTTPBodySequence(data: bytes, suggestedBufferSize: Bridge.chunk)
    case .file(let url, let range):
      try HTTPBodySequence(file: url, range: range, suggestedBufferSize: Bridge.chunk)
    case .socket: HTTPBodySequence()
    }
  }
}

/// The last response of a connection: FlyingFox closes a connection whose response throws.
private struct LastBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  let parts: HTTPBodySequence

  struct End: Error {}

  struct AsyncIterator: AsyncBufferedIteratorProtocol {
    typealias Element = UInt8
    var parts: HTTPBodySequence.Iterator

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async throws -> Data? {
      guard let part = try await parts.next() else { throw End() }
      return part
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: parts.makeAsyncIterator()) }
}
