/// One kind of request that the server answers.
struct Route: Sendable {
  typealias Handler = @Sendable (WebRequest, Captures) async throws -> WebReply

  /// The values of a route's placeholders, by name.
  struct Captures: Sendable {
    fileprivate(set) var values: [String: [String]] = [:]

    /// The value of `{name}`.
    subscript(_ name: String) -> String { values[name]?.first ?? "" }

    /// The components of `{name...}`.
    func rest(_ name: String) -> [String] { values[name] ?? [] }
  }

  let method: String
  /// Such as `/runs/{run}/files/{path...}`.
  let pattern: String
  let handler: Handler
  private let parts: [Substring]

  init(_ method: String, _ pattern: String, _ handler: @escaping Handler) {
    (self.method, self.pattern, self.handler) = (method, pattern, handler)
    parts = pattern.split(separator: "/")
  }

  /// The placeholders' values for a path; nil if it is not the route's.
  func captures(of path: [String]) -> Captures? {
    var captures = Captures()
    for (index, part) in parts.enumerated() {
      guard index < path.count else { return nil }
      guard part.hasPrefix("{") else {
        if part != path[index] { return nil }
        continue
      }
      let name = part.dropFirst().dropLast()
      if name.hasSuffix("...") {
        captures.values[String(name.dropLast(3))] = Array(path[index...])
        return captures
      }
      captures.values[String(name)] = [path[index]]
    }
    return path.count == parts.count ? captures : nil
  }
}

/// All kinds of requests.
struct Router: Sendable {
  let routes: [Route]

  /// The route of a request, with its placeholders' values.
  func route(of request: WebRequest) throws(WebFault) -> (Route, Route.Captures) {
    var allowed: [String] = []
    let method = request.method == "HEAD" ? "GET" : request.method
    for route in routes {
      guard let captures = route.captures(of: request.path) else { continue }
      if route.method == method { return (route, captures) }
      allowed.append(route.method)
    }
    guard !allowed.isEmpty else { throw .notFound }
    var fault = WebFault(.methodNotAllowed, "The address does not take this method.")
    fault.allowed = allowed + (allowed.contains("GET") ? ["HEAD"] : [])
    throw fault
  }
}
