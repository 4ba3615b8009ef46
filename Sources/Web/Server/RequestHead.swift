import Foundation

/// The first line and the headers of a request (RFC 9112).
struct RequestHead: Sendable {
  let method: String
  /// The address without the host, percent-encoded.
  let target: String
  private let isOld: Bool
  /// The values by the names in lower case.
  private let headers: [String: [String]]

  /// How a body is delimited.
  enum Framing: Equatable {
    case length(Int)
    case chunked
  }

  let framing: Framing

  /// The maximum length in bytes.
  static let longest = 32 << 10
  private static let mostHeaders = 100

  /// Throws for a head that is not valid, or that two readers could understand differently.
  init(_ bytes: [UInt8]) throws(WebFault) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw RequestHead.broken }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, RequestHead.isToken(words[0]), words[1].hasPrefix("/"),
      ["HTTP/1.1", "HTTP/1.0"].contains(words[2]), lines.count <= RequestHead.mostHeaders
    else { throw RequestHead.broken }
    (method, target, isOld) = (String(words[0]), String(words[1]), words[2] == "HTTP/1.0")
    var headers: [String: [String]] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), RequestHead.isToken(line[..<colon]),
        line.unicodeScalars.allSatisfy({ $0.value >= 32 || $0 == "\t" })
      else { throw RequestHead.broken }
      headers[line[..<colon].lowercased(), default: []].append(
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
    self.headers = headers
    for name in ["host", "content-length", "transfer-encoding"]
    where headers[name]?.count ?? 0 > 1 { throw RequestHead.broken }
    let length = headers["content-length"]?.first
    if let coding = headers["transfer-encoding"]?.first {
      guard coding.lowercased() == "chunked", length == nil else { throw RequestHead.broken }
      framing = .chunked
    } else if let length {
      guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let count = Int(length)
      else { throw RequestHead.broken }
      framing = .length(count)
    } else {
      framing = .length(0)
    }
  }

  /// A request without a body, for tests.
  init(
    method: String, target: String, headers: [String: String], length: Int
  ) throws(WebFault) {
    let lines =
      ["\(method) \(target) HTTP/1.1", "Content-Length: \(length)"]
      + headers.map { "\($0.key): \($0.value)" }
    try self.init(Array(lines.joined(separator: "\r\n").utf8))
  }

  private static let broken = WebFault(.badRequest, "The request is not valid.")

  private static func isToken(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  /// The value of a header, whose name may have any case; several are joined by commas.
  subscript(_ name: String) -> String? {
    headers[name.lowercased()]?.joined(separator: ", ")
  }

  /// Whether the connection is kept for another request.
  var isKept: Bool {
    let words = (self["Connection"] ?? "").lowercased()
    return !isOld && !words.contains("close")
  }
}
