import Records

/// Forms for the commands that create something, made of the commands' own options.
struct RequestPages {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/new") { _, _ in WebReply(index) },
      Route("GET", "/new/{kind}") { request, captures in
        try await page(.named(captures["kind"]), WebForm(request.query))
      },
      Route("POST", "/new/{kind}") { request, captures in
        try await submit(.named(captures["kind"]), request.form())
      },
    ]
  }

  private var index: HTML {
    let content: HTML = """
      <p>Each form asks for what a command of the same name does in a terminal, with the same options.</p>
      \(RequestKind.all.map { kind in
        """
        <p class="kind"><a class="button" href="/new/\(kind.name)">\(kind.title)</a>
        <span>\(kind.purpose)</span></p>
        """ as HTML
      })
      """
    return Layout(title: "New", here: .new, content: content).html
  }

  /// Queues a form's request, or shows its command.
  private func submit(_ kind: RequestKind, _ form: WebForm) async throws -> WebReply {
    let words = RequestPages.words(of: kind, in: form)
    do {
      if form["show"] != nil {
        let command = "dflab " + ShellWord.line(try kind.line(words, lab))
        return try await page(kind, form, command: command)
      }
      let job = try await kind.add(words, lab)
      return WebReply(seeOther: "/jobs/\(job.number)")
    } catch let fault as WebFault where fault.status == .unprocessableContent {
      var reply = try await page(kind, form, fault: fault.sentence)
      reply.status = fault.status
      return reply
    }
  }

  /// The words of the options that a form fills in.
  static func words(of kind: RequestKind, in form: WebForm) -> [String: [String]] {
    kind.options.reduce(into: [:]) { words, option in
      words[option.name] = option.words(in: form)
    }
  }

  /// Links to the form with values to begin with.
  private func presets(of kind: RequestKind) -> HTML? {
    guard !kind.presets.isEmpty else { return nil }
    let links = kind.presets.map { preset -> HTML in
      let words = preset.words.map { (name: $0.key, value: $0.value) }
      return "<li><a href=\"\(Link.to("/new/\(kind.name)", words))\">\(preset.title)</a></li>"
    }
    return """
      <nav class="presets" aria-label="Presets">Begin with <ul>\(links)</ul></nav>
      """
  }

  private func page(
    _ kind: RequestKind, _ form: WebForm, command: String? = nil, fault: String? = nil
  ) async throws -> WebReply {
    let fields = RequestForm(kind: kind, values: form, names: try await lab.names).fields
    let shown: HTML? = command.map { "<pre><code>\($0)</code></pre>" }
    let problem: HTML? = fault.map { "<p class=\"warning\" role=\"alert\">\($0)</p>" }
    let content: HTML = """
      <p>\(kind.purpose)</p>
      \(presets(of: kind))
      \(problem)
      \(shown)
      <form method="post" action="/new/\(kind.name)" class="options">
      \(fields)
      <div class="actions"><button>Start</button>
      <button name="show" value="true" class="quiet" formnovalidate>Show the command</button></div>
      </form>
      """
    return WebReply(Layout(title: kind.title, here: .new, content: content).html)
  }
}

extension Lab {
  /// Names to choose from in forms.
  var names: RequestForm.Names {
    get async throws {
      let registry = await index.known
      let (sets, models) = (try registry.datasets(), try registry.models())
      let faceSets = try SourceSet.all(of: workspace).prefix(500).map { "Datasets/\($0.name)" }
      return RequestForm.Names(
        faceSets: Array(faceSets),
        datasets: sets.filter { $0.kind == .labeled }.map(\.name),
        swapModels: models.filter { $0.kind == .swap }.map(\.name),
        detectors: models.filter { $0.kind == .detector }.map(\.name))
    }
  }
}
