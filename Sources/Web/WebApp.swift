import Foundation
import Records

/// The lab's pages and its API, without a socket.
struct WebApp: Sendable {
  let lab: Lab
  let gate: Gate
  let router: Router

  init(_ lab: Lab, _ gate: Gate) {
    (self.lab, self.gate) = (lab, gate)
    router = Router(routes: WebApp.routes(of: lab))
  }

  /// Answers a request; whatever happens, with a reply.
  func reply(to head: RequestHead, body: RequestBody) async -> WebReply {
    let isOfAPI = head.target.hasPrefix("/api/")
    do {
      let request = try WebRequest(head, body: body)
      try gate.checkOrigin(of: request)
      return protected(try await answer(request))
    } catch {
      return protected(page(for: error, isOfAPI: isOfAPI))
    }
  }

  private func answer(_ request: WebRequest) async throws -> WebReply {
    if let resource = Resource.reply(to: request) { return resource }
    if request.path.isEmpty, let token = request.query("token") {
      if let key = try await gate.sessions.key(forToken: token) { return gate.welcome(key) }
    } else if request.path == ["login"], request.method == "POST" {
      let password = try await request.form()["password"] ?? ""
      if let key = try await gate.sessions.key(forPassword: password) { return gate.welcome(key) }
    }
    guard await gate.isKnown(request) else {
      return request.isOfAPI
        ? page(for: WebFault(.unauthorized, LoginPage.sentence), isOfAPI: true)
        : WebReply(LoginPage(hasPassword: lab.settings.password != nil).html, status: .unauthorized)
    }
    let (route, captures) = try router.route(of: request)
    return try await route.handler(request, captures)
  }

  /// The page that says what is wrong.
  func page(for error: any Error, isOfAPI: Bool) -> WebReply {
    let fault: WebFault
    switch error {
    case let error as WebFault: fault = error
    case let error as RecordsError: fault = WebFault(error.status, error.description)
    case is CocoaError, is POSIXError:
      fault = WebFault(.internalServerError, RunFolder.reason(of: error))
    default: fault = WebFault(.unprocessableContent, "\(error)")
    }
    var reply: WebReply
    if isOfAPI, let json = try? WebReply(json: ["error": fault.sentence], status: fault.status) {
      reply = json
    } else {
      let isOfForm = fault.status == .unprocessableContent
      let way: HTML? = isOfForm ? "<p class=\"faint\">Go back to change it.</p>" : nil
      reply = WebReply(
        Layout(
          title: isOfForm ? "Check what you entered" : fault.status.phrase, here: nil,
          content: "<p>\(fault.sentence)</p>\(way)"
        ).html,
        status: fault.status)
    }
    if let allowed = fault.allowed {
      reply = reply.with("Allow", allowed.joined(separator: ", "))
    }
    return reply
  }

  /// The reply with the headers that keep other sites and unexpected scripts away.
  private func protected(_ reply: WebReply) -> WebReply {
    var reply = reply
    // Without a referrer, browsers would send forms with the origin "null".
    let defaults = [
      ("Content-Security-Policy", WebApp.policy), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
      ("Cache-Control", "no-store"),
    ]
    for (name, value) in defaults where reply.header(name) == nil {
      reply.headers.append((name, value))
    }
    return reply
  }

  /// Only the server's own scripts, styles, pictures and sockets.
  private static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'
    """
  /// Of a report or drawing: a file that was made elsewhere, perhaps, runs nothing and sends nothing.
  static let filePolicy = """
    default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; media-src 'self'; \
    sandbox allow-same-origin
    """
}

extension RecordsError {
  /// Which kind of refusal it is.
  fileprivate var status: WebStatus {
    switch self {
    case .noRun, .noModel, .noReport, .nothingToReport: .notFound
    case .runInUse, .runNeeded, .folderInUse, .lockedRegistry: .conflict
    default: .unprocessableContent
    }
  }
}
