import Foundation
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
    let (path, limit) = (lab.workspace.path, lab.cameras)
    let loaded = LoadedDetection(workspace: path)
    return WebReply(
      socket: Conversation(
        answer: { picture in
          do {
            return try WebcamPage.json(await loaded.detection.look(at: [UInt8](picture)))
          } catch {
            return (try? WebcamPage.json(["error": "\(error)"])) ?? "{}"
          }
        }, end: { limit.leave() }))
  }

  private static func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  /// Detectors that are loaded with the first picture.
  private actor LoadedDetection {
    private let workspace: String
    private var loaded: LiveDetection?

    init(workspace: String) { self.workspace = workspace }

    var detection: LiveDetection {
      get throws {
        if let loaded { return loaded }
        let detection = try LiveDetection(detectors: [], workspace: workspace)
        loaded = detection
        return detection
      }
    }
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
