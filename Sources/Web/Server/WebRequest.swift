import Foundation

/// What a browser or a script asks for.
struct WebRequest: Sendable {
  let method: String
  /// The decoded components of the path; empty for `/`.
  let path: [String]
  /// The names and values of the query, in order.
  let query: [(name: String, value: String)]
  let body: RequestBody
  private let head: RequestHead

  /// The maximum length of an address.
  private static let longestTarget = 8192

  /// Throws for an address that cannot be read.
  init(_ head: RequestHead, body: RequestBody) throws(WebFault) {
    (method, self.head, self.body) = (head.method, head, body)
    guard head.target.utf8.count <= WebRequest.longestTarget else {
      throw WebFault(.uriTooLong, "The address is too long.")
    }
    let sides = head.target.split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for part in sides[0].split(separator: "/") {
      guard let component = FormText.component(part), component != ".", component != "..",
        !component.contains("/")
      else { throw WebFault(.badRequest, "The address is not valid.") }
      path.append(component)
    }
    guard let query = FormText.fields(of: sides.count > 1 ? sides[1] : "") else {
      throw WebFault(.badRequest, "The address is not valid.")
    }
    (self.path, self.query) = (path, query)
  }

  /// The value of a header; nil without one.
  func header(_ name: String) -> String? { head[name] }

  /// The last value of a name in the query.
  func query(_ name: String) -> String? { query.last { $0.name == name }?.value }

  /// The part of a long list that is asked for, from 1.
  func page() throws(WebFault) -> Int {
    guard let text = query("page") else { return 1 }
    guard let page = Int(text), (1...1_000_000).contains(page) else {
      throw WebFault(.unprocessableContent, "'page' must be between 1 and 1000000.")
    }
    return page
  }

  /// Whether it is a request of the API, which is answered in JSON.
  var isOfAPI: Bool { path.first == "api" }

  /// The value of a cookie.
  func cookie(_ name: String) -> String? {
    for part in (header("Cookie") ?? "").split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1)
      if sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces) == name {
        return String(sides[1])
      }
    }
    return nil
  }

  /// The whole body, which must be short.
  func bytes(most: Int = 1 << 20) async throws -> Data {
    var bytes = Data()
    try await body.read(most: most) { bytes.append($0) }
    return bytes
  }

  /// The fields of a short form.
  func form() async throws -> WebForm {
    let bytes = try await bytes()
    guard let text = String(data: bytes, encoding: .utf8),
      let fields = FormText.fields(of: text)
    else { throw WebFault(.badRequest, "The form is not valid.") }
    return WebForm(fields)
  }
}

/// The fields of a form.
struct WebForm: Sendable {
  let fields: [(name: String, value: String)]

  init(_ fields: [(name: String, value: String)]) { self.fields = fields }

  /// The last value of a name; nil if there is none, or it is empty.
  subscript(_ name: String) -> String? {
    fields.last { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// All values of a name that are not empty.
  func all(_ name: String) -> [String] {
    fields.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
  }
}
