import Foundation

/// What a request is answered with.
struct WebReply: Sendable {
  enum Body: Sendable {
    case bytes(Data)
    /// A part of a file.
    case file(URL, Range<Int>)
    case socket(Conversation)
  }

  var status: WebStatus = .ok
  var headers: [(name: String, value: String)] = []
  var body = Body.bytes(Data())

  /// Text of a media type.
  init(_ text: String, as type: String, status: WebStatus = .ok) {
    (self.status, headers) = (status, [("Content-Type", type)])
    body = .bytes(Data(text.utf8))
  }

  /// A page.
  init(_ page: HTML, status: WebStatus = .ok) {
    self.init(page.text, as: "text/html; charset=utf-8", status: status)
  }

  /// Bytes of a media type.
  init(_ bytes: Data, as type: String) {
    (headers, body) = ([("Content-Type", type)], .bytes(bytes))
  }

  /// A value as JSON.
  init(json value: some Encodable, status: WebStatus = .ok) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.dateEncodingStrategy = .iso8601
    self.init(try encoder.encode(value), as: "application/json")
    self.status = status
  }

  /// The way to another page, which is then asked for by GET.
  init(seeOther address: String) {
    self.init("See \(address).\n", as: "text/plain; charset=utf-8", status: .seeOther)
    headers.append(("Location", address))
  }

  /// A switch to a WebSocket.
  init(socket: Conversation) { body = .socket(socket) }

  /// The value of a header.
  func header(_ name: String) -> String? { headers.last { $0.name == name }?.value }

  /// The reply with another header.
  func with(_ name: String, _ value: String) -> WebReply {
    var reply = self
    reply.headers.removeAll { $0.name == name }
    reply.headers.append((name, value))
    return reply
  }
}
