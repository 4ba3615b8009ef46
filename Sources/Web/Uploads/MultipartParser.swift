import Foundation

/// Reads `multipart/form-data` (RFC 7578) while it arrives.
struct MultipartParser {
  enum Event: Equatable {
    /// A field begins.
    case field(String)
    /// A file begins, with its name on the user's machine.
    case file(String, original: String)
    case bytes(Data)
    /// The field or file ends.
    case end
  }

  private enum State { case preamble, header, content, epilogue }

  private let delimiter: Data
  private var state = State.preamble
  private var rest = Data()

  private static let longestHeader = 8192
  private static let blankLine = Data("\r\n\r\n".utf8)

  init(boundary: String) {
    delimiter = Data("\r\n--\(boundary)".utf8)
    // The first delimiter need not follow a line.
    rest = Data("\r\n".utf8)
  }

  /// The boundary in a `Content-Type`; nil for another type.
  static func boundary(of type: String) -> String? {
    let parts = type.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
    let named = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }
    guard let named else { return nil }
    let text = named.dropFirst("boundary=".count).trimmingCharacters(in: ["\""])
    return (1...70).contains(text.utf8.count) ? text : nil
  }

  /// Reads the next bytes.
  mutating func read(_ bytes: Data, _ take: (Event) throws -> Void) throws {
    rest.append(bytes)
    while try step(take) {}
  }

  /// Throws unless the end was read.
  func finish() throws(WebFault) {
    guard state == .epilogue else { throw MultipartParser.broken }
  }

  private static let broken = WebFault(.badRequest, "The form is not valid, or ended early.")

  /// Reads one element; false if more bytes are needed.
  private mutating func step(_ take: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .preamble, .content:
      guard let found = rest.range(of: delimiter) else {
        // The last bytes may be the start of a delimiter.
        let sure = rest.count - delimiter.count
        if sure > 0 {
          if state == .content { try take(.bytes(Data(rest.prefix(sure)))) }
          rest = Data(rest.dropFirst(sure))
        }
        return false
      }
      let after = rest[found.upperBound...]
      guard after.count >= 2 else { return false }
      if state == .content {
        if found.lowerBound > rest.startIndex {
          try take(.bytes(Data(rest[rest.startIndex..<found.lowerBound])))
        }
        try take(.end)
      }
      let isLast = after.prefix(2) == Data("--".utf8)
      guard isLast || after.prefix(2) == Data("\r\n".utf8) else { throw MultipartParser.broken }
      // The header begins with the line feed after the delimiter, so that it may be empty.
      rest = isLast ? Data() : Data(after)
      state = isLast ? .epilogue : .header
      return !isLast
    case .header:
      guard let end = rest.range(of: MultipartParser.blankLine) else {
        guard rest.count <= MultipartParser.longestHeader else { throw MultipartParser.broken }
        return false
      }
      try take(try MultipartParser.start(String(decoding: rest[..<end.lowerBound], as: UTF8.self)))
      rest = Data(rest[end.upperBound...])
      state = .content
      return true
    case .epilogue:
      rest = Data()
      return false
    }
  }

  /// The event of a part's header.
  private static func start(_ header: String) throws(WebFault) -> Event {
    let lines = header.split(separator: "\r\n")
    let disposition = lines.first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let disposition, let name = parameter("name", of: disposition) else { throw broken }
    guard let original = parameter("filename", of: disposition) else { return .field(name) }
    return .file(name, original: original)
  }
  /// A parameter of a header's line: browsers write `%22` for a quote, and nothing else is escaped.
  private static func parameter(_ name: String, of line: Substring) -> String? {
    guard let start = line.range(of: "; \(name)=\"", options: .caseInsensitive),
      let end = line[start.upperBound...].firstIndex(of: "\"")
    else { return nil }
    return String(line[start.upperBound..<end]).replacing("%22", with: "\"")
  }
}
