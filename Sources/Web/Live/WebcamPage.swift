import FlyingFox
import Records
import Workflows

/// Scores what a webcam sees, while it does.
struct WebcamPage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  /// The maximum number of cameras at the same time.
  static let most = 4

  var routes: [Route] {
    [
      Route("GET", "/webcam") { _, _ in WebReply(page) },
      Route("GET", "/webcam/socket") { request, _ in try socket(request) },
    ]
  }

  private func socket(_ request: WebRequest) throws -> WebReply {
    guard request.header("Upgrade")?.lowercased() == "websocket" else {
      throw WebFault(.badRequest, "This address is for the webcam page's socket.")
    }
    // Browsers name the page's origin, which was checked; others have a session.
    guard lab.cameras.enter() else {
      throw WebFault(.tooManyRequests, "Too many cameras are open.")
    }
    let path = lab.workspace.path
    return WebReply(
      socket: MessageFrameWSHandler(
        handler: LiveSocket(
          detection: { try LiveDetection(detectors: [], workspace: path) }, limit: lab.cameras)))
  }

  private var page: HTML {
    let content: HTML = """
      <p>Scores the faces that this device's camera sees. Pictures are sent to this server only, and none is
      stored.</p>
      <noscript><p class="warning">The camera needs JavaScript. <a href="/detect">Detect</a> does not.</p></noscript>
      <div class="webcam" hidden>
      <div class="actions"><button id="start">Start the camera</button>
      <button id="stop" class="quiet" disabled>Stop</button></div>
      <div class="stage"><video playsinline muted></video><canvas aria-hidden="true"></canvas></div>
      <p><span id="verdict" class="state"></span> <span id="text" aria-live="polite"></span></p>
      <p class="faint"><span id="age"></span> <span id="rate"></span></p>
      </div>
      """
    return Layout(title: "Webcam", here: .detect, scripts: ["webcam"], content: content).html
  }
}
