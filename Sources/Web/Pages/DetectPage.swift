import Foundation
import Records
import Workflows

/// Sends pictures and videos to detectors.
struct DetectPage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/detect") { _, _ in try await page() },
      Route("POST", "/detect") { request, _ in
        let job = try await detect(request)
        return WebReply(seeOther: "/jobs/\(job.number)")
      },
    ]
  }

  /// Queues the verdict on the files of a form, and of the web addresses in it.
  func detect(_ request: WebRequest) async throws -> Job {
    let (form, files) = try await lab.uploads.receive(request)
    do {
      let addresses = try lab.addresses(in: form.all("urls"))
      guard !files.isEmpty || !addresses.isEmpty else {
        throw WebFault(
          .unprocessableContent, "Choose a picture or a video, or give a web address, first.")
      }
      let names =
        files.map { ($0.path as NSString).lastPathComponent } + addresses.map(\.fileName)
      let run = lab.workspace.freeRun(
        "detect-\((names[0] as NSString).deletingPathExtension)")
      var words = try DetectPage.words(of: form)
      (words["inputs"], words["name"]) = (files.map(\.path), [run])
      var needed: [Int] = []
      if !addresses.isEmpty {
        // A wrong request must not leave its download in the queue.
        _ = try lab.request(
          InferenceRequest.self, words.merging(["inputs": [lab.uploads.folder + "/x"]]) { $1 })
        let (job, folder) = try await lab.fetch(addresses)
        words["inputs", default: []].append(folder)
        needed.append(job.number)
      }
      let title = names.count == 1 ? "Detect \(names[0])" : "Detect \(names.count) files"
      return try await lab.add(
        InferenceRequest.self, words, titled: title, run: run, after: needed)
    } catch {
      lab.uploads.remove(files.map(\.path))
      throw error
    }
  }

  /// The words of the options that the form fills in.
  private static func words(of form: WebForm) throws(WebFault) -> [String: [String]] {
    var words: [String: [String]] = [:]
    for name in ["all-faces", "explain"] {
      guard let value = form[name] else { continue }
      guard value == "true" else {
        throw WebFault(.unprocessableContent, "'\(name)' must be true, or left out.")
      }
      words[name] = [value]
    }
    for name in ["every", "max-frames", "min-size"] {
      if let value = form[name] { words[name] = [value] }
    }
    let detectors = form.all("detectors")
    if !detectors.isEmpty { words["detectors"] = detectors }
    return words
  }

  private func page() async throws -> WebReply {
    let models = try await lab.index.known.models().filter { $0.kind == .detector }
    let choices = models.map { model -> HTML in
      "<option value=\"\(model.name)\">\(model.name) (\(model.architecture))</option>"
    }
    func help(_ name: String) -> String {
      InferenceRequest.options.first { $0.description.name == name }?.description.help ?? ""
    }
    let content: HTML = """
      <p>Faces are found and tracked, scored by trained detectors, and get a verdict with the error rates
      that were measured at its limits. A verdict is a measurement, not a proof.</p>
      <p><a href="/webcam">Use the webcam instead</a></p>
      <form method="post" action="/detect" enctype="multipart/form-data" class="drop">
      <label for="files">Pictures or videos, one or several</label>
      <input type="file" id="files" name="files" accept="image/*,video/*" multiple>
      <label for="urls">or web addresses, one in a line</label>
      <textarea id="urls" name="urls" rows="2" spellcheck="false" placeholder="https://example.org/clip.mp4" aria-describedby="urls-how"></textarea>
      <small id="urls-how" class="faint">Pictures and videos, http or https; videos in pages where yt-dlp is installed.</small>
      <p class="check"><input type="checkbox" id="all-faces" name="all-faces" value="true">
      <label for="all-faces">\(help("all-faces"))</label></p>
      <p class="check"><input type="checkbox" id="explain" name="explain" value="true" checked>
      <label for="explain">\(help("explain"))</label></p>
      <details><summary>More</summary>
      <label for="detectors">Detectors (default: those of the newest training, or the carried one)</label>
      <select id="detectors" name="detectors" multiple>\(choices)</select>
      <label for="max-frames">\(help("max-frames"))</label>
      <input type="number" id="max-frames" name="max-frames" min="1">
      <label for="every">\(help("every"))</label>
      <input type="number" id="every" name="every" min="1">
      <label for="min-size">\(help("min-size"))</label>
      <input type="number" id="min-size" name="min-size" min="20" max="10000">
      </details>
      <button>Detect</button>
      </form>
      """
    return WebReply(Layout(title: "Detect", here: .detect, content: content).html)
  }
}
