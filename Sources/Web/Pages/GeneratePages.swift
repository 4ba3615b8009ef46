import Foundation
import Records
import Workflows

/// The way from two people to a converted clip.
struct GeneratePages {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/generate") { _, _ in try await page() },
      Route("POST", "/generate") { request, _ in
        let job = try await generate(request)
        return WebReply(seeOther: "/jobs/\(job.number)")
      },
      Route("GET", "/convert") { request, _ in
        try await conversionPage(model: request.query("model"))
      },
      Route("POST", "/convert") { request, _ in
        let job = try await convert(request)
        return WebReply(seeOther: "/jobs/\(job.number)")
      },
    ]
  }

  private static let consent: HTML = """
    <p class="check"><input type="checkbox" id="consent" name="consent" value="true">
    <label for="consent">The people in these pictures have agreed to this use, or I may use their pictures
    for research. (Not needed for rendered people.)</label></p>
    """

  private func page() async throws -> WebReply {
    let names = try await lab.names
    func side(_ side: String, _ title: String) -> HTML {
      let options = names.faceSets.map { "<option value=\"\($0)\">\($0)</option>" as HTML }
      return """
        <fieldset><legend>\(title)</legend>
        <label for="\(side)-set">A face set of this workspace</label>
        <select id="\(side)-set" name="\(side)"><option value="">–</option>\(options)</select>
        <label for="\(side)-files">or photographs and videos of one person</label>
        <input type="file" id="\(side)-files" name="\(side)-files" accept="image/*,video/*" multiple>
        </fieldset>
        """
    }
    let efforts = SwapEffort.allCases.map { effort -> HTML in
      let checked: HTML = effort == .quick ? " checked" : ""
      return """
        <p class="check"><input type="radio" id="effort-\(effort.rawValue)" name="effort" value="\(effort.rawValue)"\(checked)>
        <label for="effort-\(effort.rawValue)">\(effort.rawValue): \(Int(effort.minutes)) minutes of training, faces of \(effort.size)×\(effort.size) pixels</label></p>
        """
    }
    let models = try await lab.index.known.models().filter { $0.kind == .swap && $0.run != nil }
    let content: HTML = """
      <p>Trains a model that puts the face of one person into pictures of another. Everything that it makes
      is marked as generated, in its metadata and in the run's signed ledger.</p>
      <form method="post" action="/generate" enctype="multipart/form-data" class="drop plain">
      <div class="pair">\(side("a", "Person A"))\(side("b", "Person B"))</div>
      <fieldset><legend>Effort</legend>\(efforts)</fieldset>
      <label for="name">Name of the run (default: the names of A and B)</label>
      <input type="text" id="name" name="name" maxlength="80" pattern="[A-Za-z0-9_][A-Za-z0-9_.\\-]*">
      \(GeneratePages.consent)
      <button>Train</button>
      </form>
      <p>No pictures at hand? <a href="/new/faces-synthesize?recipe=demo">Render two synthetic people</a>
      first. Every option of a model is in <a href="/new/swap">the full form</a>.</p>
      <h2>Trained models</h2>
      \(Parts.table(["model", "", "changed (UTC)"], models.map { model in
        [
          model.run.map { RunPages.link(RunPages.name($0)) } ?? "\(model.name)",
          "<a href=\"\(Link.to("/convert", [("model", model.name)]))\">Convert a clip</a>",
          Parts.time(model.changed),
        ]
      }, empty: "No model was trained here yet."))
      """
    return WebReply(
      Layout(title: "Generate", here: .generate, content: content).html)
  }

  /// Queues the extraction of what was uploaded, and the training.
  func generate(_ request: WebRequest) async throws -> Job {
    let (form, files) = try await lab.uploads.receive(request)
    do {
      var words: [String: [String]] = ["effort": [form["effort"] ?? SwapEffort.quick.rawValue]]
      var needsConsent = false
      var extractions: [[String: [String]]] = []
      for side in ["a", "b"] {
        let own = files.filter { $0.name == "\(side)-files" }.map(\.path)
        if own.isEmpty {
          guard let set = form[side] else {
            throw WebFault(
              .unprocessableContent,
              "Choose a face set, or pictures, of person \(side.uppercased()).")
          }
          words[side] = [set]
          needsConsent = try await !isRendered(set) || needsConsent
        } else {
          let stem = (((own[0] as NSString).lastPathComponent) as NSString).deletingPathExtension
          let set = "Datasets/\(lab.workspace.freeDataset("\(side)-\(stem)"))"
          extractions.append(["inputs": own, "out": [set]])
          words[side] = [set]
          needsConsent = true
        }
      }
      guard !needsConsent || form["consent"] != nil else {
        throw WebFault(
          .unprocessableContent,
          "These are pictures of real people: confirm that you may use them, and try again.")
      }
      let (a, b) = (words["a"]?[0] ?? "", words["b"]?[0] ?? "")
      let run = lab.workspace.freeRun(
        form["name"] ?? [a, b].map { ($0 as NSString).lastPathComponent }.joined(separator: "-"))
      words["name"] = [run]
      // A wrong request must not leave its extractions in the queue.
      _ = try lab.request(SwapRequest.self, words)
      var needed: [Int] = []
      for extraction in extractions {
        needed.append(
          try await lab.add(
            ExtractRequest.self, extraction, titled: "Extract faces for \(run)"
          ).number)
      }
      return try await lab.add(
        SwapRequest.self, words, titled: "Train \(run)", run: run, after: needed)
    } catch {
      lab.uploads.remove(files.map(\.path))
      throw error
    }
  }

  /// Whether a face set shows rendered people.
  private func isRendered(_ set: String) async throws -> Bool {
    let name = set.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    let registry = await lab.index.known
    guard let run = try registry.datasets().first(where: { $0.name == name })?.run else {
      return false
    }
    return try registry.run(named: run).command == SynthesisRequest.command
  }

  private func conversionPage(model: String?) async throws -> WebReply {
    let models = try await lab.index.known.models().filter { $0.kind == .swap && $0.run != nil }
    let options = models.map { other -> HTML in
      let selected: HTML = other.name == model ? " selected" : ""
      return "<option value=\"\(other.name)\"\(selected)>\(other.name)</option>"
    }
    let content: HTML = """
      <p>Swaps the face in a clip, and shows the result beside the original.</p>
      <form method="post" action="/convert" enctype="multipart/form-data" class="drop">
      <label for="model">Model</label>
      <select id="model" name="model" required>\(options)</select>
      <fieldset><legend>Face to put in</legend>
      <p class="check"><input type="radio" id="to-a" name="to" value="a"><label for="to-a">that of person A</label></p>
      <p class="check"><input type="radio" id="to-b" name="to" value="b" checked><label for="to-b">that of person B</label></p>
      </fieldset>
      <label for="clip">Video or picture</label>
      <input type="file" id="clip" name="clip" accept="image/*,video/*">
      <label for="input">or a file of the workspace</label>
      <input type="text" id="input" name="input" placeholder="Datasets/people/p001.mp4" list="clips" spellcheck="false">
      <datalist id="clips">\(try await clips.map { "<option value=\"\($0)\"></option>" as HTML })</datalist>
      \(GeneratePages.consent)
      <button>Convert</button>
      </form>
      <p>Masks, blending, several people and other options are in <a href="/new/convert">the full form</a>.</p>
      """
    return WebReply(Layout(title: "Convert a clip", here: .generate, content: content).html)
  }

  /// The videos of rendered people, which lie beside their face sets.
  private var clips: [String] {
    get async throws {
      try await lab.index.known.datasets().filter { $0.kind == .faces && $0.sets > 1 }.flatMap {
        set in
        try RunFolder.names(in: lab.workspace.datasets(of: set.name)).filter {
          MediaType.of($0).hasPrefix("video/")
        }.map { "Datasets/\(set.name)/\($0)" }
      }.prefix(GeneratePages.mostClips).map(\.self)
    }
  }

  private static let mostClips = 100

  /// Queues the conversion of a clip.
  func convert(_ request: WebRequest) async throws -> Job {
    let (form, files) = try await lab.uploads.receive(request)
    do {
      guard let input = files.first?.path ?? form["input"] else {
        throw WebFault(.unprocessableContent, "Choose a video or a picture.")
      }
      if !files.isEmpty, form["consent"] == nil {
        throw WebFault(
          .unprocessableContent,
          "Confirm that you may use this clip, and try again.")
      }
      let file = (input as NSString).lastPathComponent as NSString
      let isPicture = ["png", "jpg", "jpeg", "webp", "heic", "avif"].contains(
        file.pathExtension.lowercased())
      let stem = RunName.tamed(file.deletingPathExtension[...])
      let run = lab.workspace.freeRun("convert-\(stem)")
      let output = "Labs/\(run)/\(run.dropFirst("convert-".count)).\(isPicture ? "png" : "mp4")"
      return try await lab.add(
        ConversionRequest.self,
        [
          "model": [form["model"] ?? ""], "input": [input], "to": [form["to"] ?? ""],
          "out": [output],
        ], titled: "Convert \(file)", run: run)
    } catch {
      lab.uploads.remove(files.map(\.path))
      throw error
    }
  }
}

extension Workspace {
  /// A name that no dataset has.
  func freeDataset(_ name: String) -> String {
    let name = RunName.tamed(name[...])
    let names = [name] + (2...9999).lazy.map { "\(name)-\($0)" }
    return names.first { !FileKind.isThere(datasets(of: $0)) } ?? name
  }
}
