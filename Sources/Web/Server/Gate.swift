/// Who may ask: browsers with a session, through an address of the server, from its own pages.
struct Gate: Sendable {
  /// The hosts that the server is asked for by, with the port where it is not 80.
  let hosts: Set<String>
  let sessions: Sessions
  /// The name of the session's cookie; servers on several ports share a browser's cookies.
  let cookie: String

  /// - Parameters:
  ///   - host: the address that the server listens at.
  ///   - port: its port.
  init(host: String, port: UInt16, sessions: Sessions) {
    let names = ["localhost", "127.0.0.1", "[::1]", host.contains(":") ? "[\(host)]" : host]
    hosts = Set(names.flatMap { port == 80 ? [$0, "\($0):80"] : ["\($0):\(port)"] })
    self.sessions = sessions
    cookie = "dflab_session_\(port)"
  }

  /// Refuses what another site's page, or a name that only points here, could have sent.
  func checkOrigin(of request: WebRequest) throws(WebFault) {
    guard let host = request.header("Host")?.lowercased(), hosts.contains(host) else {
      throw WebFault(
        .misdirectedRequest, "This server is not asked for by this name. Use the printed address.")
    }
    if let origin = request.header("Origin") {
      guard origin.lowercased() == "http://\(host)" else { throw Gate.foreign }
    } else if !["GET", "HEAD"].contains(request.method),
      let site = request.header("Sec-Fetch-Site"), !["same-origin", "none"].contains(site)
    {
      throw Gate.foreign
    }
  }

  private static let foreign = WebFault(
    .forbidden, "The request comes from a page of another site.")

  /// Whether a request has a session, or shows the password as `Authorization: Bearer PASSWORD`.
  func isKnown(_ request: WebRequest) async -> Bool {
    if let key = request.cookie(cookie), await sessions.isKnown(key) { return true }
    let scheme = "Bearer "
    if let shown = request.header("Authorization"), shown.hasPrefix(scheme) {
      return await sessions.isPassword(String(shown.dropFirst(scheme.count)))
    }
    return false
  }

  /// The way into the lab with a new session.
  func welcome(_ key: String) -> WebReply {
    // A page of its own, not a redirection: a strict cookie is not sent along by one that began at a
    // link elsewhere.
    WebReply(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>dflab</title>
      <meta http-equiv="refresh" content="0; url=/"></head>
      <body><p><a href="/">Continue to the lab</a></p></body></html>
      """ as HTML
    ).with(
      "Set-Cookie",
      "\(cookie)=\(key); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Int(Sessions.lifetime))")
  }
}
