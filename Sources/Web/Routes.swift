extension WebApp {
  /// All pages and requests of the API.
  static func routes(of lab: Lab) -> [Route] {
    [
      Route("GET", "/") { request, _ in try await HomePage(lab).reply(to: request) }
    ]
      + JobPages(lab).routes + RunPages(lab).routes + VerifyPage(lab).routes
      + DetectPage(lab).routes + VerdictRoutes(lab).routes + DataPages(lab).routes
      + FileRoutes(lab).routes + UploadPages(lab).routes + MistakePages(lab).routes
      + DuelPages(lab).routes
      + RequestPages(lab).routes + GeneratePages(lab).routes + WebcamPage(lab).routes
      + API(lab).routes
  }
}
