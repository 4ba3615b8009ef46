import Foundation
import Records

/// The status and the headers that a web server answers with.
struct AnswerHead: Equatable {
  let status: Int
  /// By their names in lower case.
  private let headers: [String: String]

  /// Reads the file that curl writes headers to; nil as long as they are not complete.
  init?(at path: String) {
    guard let data = (try? RunFolder.contents(of: path, most: 1 << 16)) ?? nil else { return nil }
    self.init(String(decoding: data, as: UTF8.self))
  }

  /// - Parameter text: the lines; of several answers, such as `100 Continue` first, the last one counts.
  init?(_ text: String) {
    let blocks = text.replacing("\r\n", with: "\n").components(separatedBy: "\n\n").filter {
      !$0.isEmpty
    }
    guard text.hasSuffix("\n\r\n") || text.hasSuffix("\n\n"), let block = blocks.last else {
      return nil
    }
    let lines = block.split(separator: "\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count > 1, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
      return nil
    }
    self.status = status
    headers = Dictionary(
      lines.dropFirst().compactMap { line in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (
          line[..<colon].lowercased(),
          line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        )
      }, uniquingKeysWith: { $1 })
  }

  /// Where the server redirects to; nil if it does not.
  var location: String? {
    [301, 302, 303, 307, 308].contains(status) ? headers["location"] : nil
  }

  /// The announced length in bytes.
  var length: Int? { headers["content-length"].flatMap(Int.init) }

  /// The media type, without parameters.
  var type: String {
    headers["content-type"]?.split(separator: ";").first.map {
      $0.trimmingCharacters(in: .whitespaces).lowercased()
    } ?? "of no stated type"
  }

  /// Whether the answer is a page for people.
  var isPage: Bool { ["text/html", "application/xhtml+xml"].contains(type) }
}
