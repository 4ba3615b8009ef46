import Foundation
import Records
import Workflows

/// The runs: as a list, one by one, and beside each other.
struct RunPages {
  let lab: Lab

  private static let perPage = 50
  private static let mostFiles = 200

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/runs") { request, _ in try await list(request) },
      Route("GET", "/compare") { request, _ in try await compare(request) },
      Route("GET", "/source") { request, _ in
        let run = try await lab.index.known.run(named: request.query("run") ?? "")
        guard let source = run.sources.first else { throw WebFault.notFound }
        return try WebReply(file: try lab.workspace.path(ofForm: source), to: request)
          .with("Content-Security-Policy", WebApp.filePolicy)
      },
      Route("GET", "/curves") { request, _ in try await curve(request) },
      Route("GET", "/runs/{run...}") { request, captures in
        try await page(captures.rest("run").joined(separator: "/"), request)
      },
      Route("POST", "/remove") { request, _ in
        let registry = await lab.index.current()
        let run = try registry.run(named: request.query("run") ?? "")
        _ = try registry.remove(run.name, isForced: false)
        await lab.release(lab.uploads.named(in: run.sources))
        return WebReply(seeOther: "/runs")
      },
      Route("POST", "/repeat") { request, _ in
        try await again(request.query("run") ?? "", isRepetition: true)
      },
      Route("POST", "/resume") { request, _ in
        try await again(request.query("run") ?? "", isRepetition: false)
      },
    ]
  }

  /// A run's folder as lists show it.
  static func name(_ home: String) -> String {
    home.hasPrefix("Labs/") ? String(home.dropFirst(5)) : home
  }

  /// The address of a run's page.
  static func link(_ name: String) -> HTML {
    "<a href=\"\(Link.run(name))\">\(name)</a>"
  }

  /// Some runs, one in a row.
  ///
  /// - Parameters:
  ///   - choice: the name of a field for choosing runs; nil for none.
  ///   - workspace: where to look for their reports; nil to show none.
  static func table(
    _ runs: [RunLine], choice: String? = nil, reportsIn workspace: Workspace? = nil
  ) -> HTML {
    Parts.table(
      ["run", "command", "state", "started (UTC)", "duration"]
        + (workspace == nil ? [] : ["report"]),
      runs.map { run in
        let box: HTML? = choice.map { name in
          "<input type=\"checkbox\" name=\"\(name)\" value=\"\(run.name)\" aria-label=\"Choose \(run.name)\"> "
        }
        return [
          "\(box)\(link(run.name))", "\(run.command)", Parts.state(run.state.rawValue),
          Parts.time(run.began), "\(run.seconds.map(SizeText.time) ?? "–")",
        ] + (workspace.map { [report(of: run.home, in: $0) ?? "–"] } ?? [])
      }, empty: "No runs yet.")
  }

  /// The way to a run's report; nil without one.
  private static func report(of home: String, in workspace: Workspace) -> HTML? {
    let path = "\(home)/\(ReportPage.name).html"
    guard FileKind.isThere("\(workspace.path)/\(path)") else { return nil }
    return "<a href=\"\(Link.file(path))\" aria-label=\"Report of \(name(home))\">Report</a>"
  }

  private func list(_ request: WebRequest) async throws -> WebReply {
    let text = request.query("q") ?? ""
    let steps = request.query("steps") != nil
    let page = try request.page()
    let found = try await lab.index.known.runs(
      matching: text, steps: steps, limit: RunPages.perPage, offset: (page - 1) * RunPages.perPage)
    let query = [("q", text)] + (steps ? [("steps", "true")] : [])
    let checked: HTML = steps ? " checked" : ""
    let content: HTML = """
      <form method="get" action="/runs" class="search" role="search">
      <div class="field"><label for="q">Words in name, command or settings</label>
      <input type="search" id="q" name="q" value="\(text)"></div>
      <span class="check"><input type="checkbox" id="steps" name="steps" value="true"\(checked)>
      <label for="steps">with the steps of duels</label></span>
      <button>Search</button>
      </form>
      <form method="get" action="/compare">
      <p class="faint">\(found.total) \(found.total == 1 ? "run" : "runs")</p>
      \(RunPages.table(found.lines, choice: "run"))
      <button class="quiet">Compare the chosen runs</button>
      </form>
      \(Parts.pages(
        page, of: (found.total + RunPages.perPage - 1) / RunPages.perPage, at: "/runs", query))
      """
    return WebReply(Layout(title: "Runs", here: .runs, content: content).html)
  }

  private func page(_ name: String, _ request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    // It may be newer than what is known.
    let known = try? registry.run(named: name)
    let run = if let known { known } else { try await lab.index.current().run(named: name) }
    let folder = "\(lab.workspace.path)/\(run.home)"
    let verdicts = (try? FileVerdict.all(in: folder)) ?? []
    let comparison = ComparisonView(run, in: lab.workspace)
    let content: HTML = """
      <p>\(Parts.state(run.state.rawValue)) \(run.reason ?? "")</p>
      <div class="actions">\(actions(run, folder))</div>
      \(HTML(verdicts.enumerated().map { number, file in
        VerdictView(file.verdict, file.folder, run: run, number: number, in: lab.workspace).html
      }))
      \(comparison?.html)
      \(try matrix(run, folder))
      \(verdicts.isEmpty ? pictures(run, folder) : .none)
      \(try curves(run, registry))
      \(try metrics(run, registry))
      <h2>Record</h2>
      \(Parts.list(facts(run)))
      <h2>Command</h2>
      <pre><code>dflab \(ShellWord.line(run.arguments))</code></pre>
      \(settings(run))
      \(try files(run, registry))
      """
    return WebReply(
      Layout(
        title: run.name, here: .runs,
        scripts: (verdicts.isEmpty ? [] : ["player"]) + (comparison == nil ? [] : ["wipe"]),
        content: content
      ).html)
  }

  /// The matrix of a duel.
  private func matrix(_ run: RunSummary, _ folder: String) throws -> HTML? {
    guard run.command == DuelRequest.command else { return nil }
    return try DuelView(reading: folder, run: run.name)?.html
  }

  private func actions(_ run: RunSummary, _ folder: String) -> [HTML] {
    var actions: [HTML] = []
    if FileKind.isThere("\(folder)/\(ReportPage.name).html") {
      let address = Link.file("\(run.home)/\(ReportPage.name).html")
      actions.append("<a class=\"button\" href=\"\(address)\">Report</a>")
      actions.append(
        "<a class=\"button quiet\" href=\"\(address)\" download>Save the report as one file</a>")
    }
    if MistakeList.isThere(in: folder) {
      let address = Link.to("/mistakes", [("run", run.name)])
      actions.append(
        "<a class=\"button quiet\" href=\"\(address)\">False positives and negatives</a>")
    }
    guard run.state != .running else { return actions }
    let query = [("run", run.name)]
    if run.command == SwapRequest.command, run.state == .done {
      let address = Link.to("/convert", [("model", run.name)])
      actions.append("<a class=\"button\" href=\"\(address)\">Convert a clip</a>")
    }
    if !run.arguments.isEmpty {
      if run.state != .done {
        actions.append(Parts.button("Resume", to: Link.to("/resume", query)))
      } else {
        actions.append(
          Parts.button("Repeat and compare", to: Link.to("/repeat", query), style: "quiet"))
      }
    }
    actions.append(
      """
      <details class="inline"><summary>Remove</summary>
      <p>Removes the run with its checkpoints and datasets.</p>
      \(Parts.button("Remove \(run.name)", to: Link.to("/remove", query), style: "danger"))</details>
      """)
    return actions
  }

  /// Drawings that runs leave in their folder.
  private func pictures(_ run: RunSummary, _ folder: String) -> HTML {
    let names = [
      ("preview.png", "Preview"), ("sheet.png", "Contact sheet"), ("curves.png", "Curves"),
    ]
    let shown = names.filter { FileKind.isThere("\(folder)/\($0.0)") }
    return HTML(
      shown.map { name, title in
        let address = Link.file("\(run.home)/\(name)")
        return """
          <details open><summary>\(title)</summary>
          <figure><a href="\(address)"><img src="\(address)" alt="\(title) of \(run.name)" loading="lazy"></a></figure>
          </details>
          """
      })
  }

  private func curves(_ run: RunSummary, _ registry: Registry) throws -> HTML {
    RunPages.figures(try registry.curveNames(of: run.home), of: [run.name])
  }

  /// The courses of numbers of some runs, each in one drawing.
  private static func figures(_ names: [String], of runs: [String]) -> HTML {
    guard !names.isEmpty else { return .none }
    let figures = names.prefix(24).map { name -> HTML in
      let address = Link.to("/curves", [("name", name)] + runs.map { ("run", $0) })
      return
        "<figure><img src=\"\(address)\" alt=\"\(name)\" loading=\"lazy\" width=\"560\" height=\"360\"></figure>"
    }
    return """
      <details open><summary>Logged numbers over the steps</summary><div class="charts">\(figures)</div></details>
      """
  }

  private func metrics(_ run: RunSummary, _ registry: Registry) throws -> HTML {
    let metrics = try registry.finalMetrics(of: run.home)
    guard !metrics.isEmpty else { return .none }
    return """
      <details><summary>Numbers (\(metrics.count))</summary>
      \(Parts.table(["name", "last value"], metrics.map { ["\($0.name)", "\($0.text)"] }, empty: ""))
      </details>
      """
  }

  private func facts(_ run: RunSummary) -> [(name: String, value: HTML)] {
    var facts: [(name: String, value: HTML)] = [
      ("command", "\(run.command)"), ("started", "\(SizeText.date(run.began)) UTC"),
      ("ended", "\(SizeText.date(run.ended)) UTC"), ("sessions", "\(run.sessions)"),
      ("version", "\(run.version)"), ("machine", "\(run.machine)"),
    ]
    if let seed = run.seed { facts.append(("seed", "\(seed)")) }
    if !run.parents.isEmpty {
      facts.append(("made from", HTML(run.parents.map { RunPages.link(RunPages.name($0)) })))
    }
    return facts
  }

  private func settings(_ run: RunSummary) -> HTML {
    let rows = run.settings.sorted { $0.key < $1.key }
    guard !rows.isEmpty else { return .none }
    return """
      <details><summary>Settings (\(rows.count))</summary>
      \(Parts.table(["setting", "value"], rows.map { ["\($0.key)", "\($0.value)"] }, empty: ""))
      </details>
      """
  }

  private func files(_ run: RunSummary, _ registry: Registry) throws -> HTML {
    let files = try registry.files(of: run.home)
    guard !files.isEmpty else { return .none }
    let rows = files.prefix(RunPages.mostFiles).map { file -> [HTML] in
      [
        file.path.hasPrefix("/")
          ? "\(file.path)" : "<a href=\"\(Link.file(file.path))\">\(file.path)</a>",
        "\(file.bytes.map(SizeText.of) ?? "–")", "<code>\(String(file.hash.prefix(12)))…</code>",
      ]
    }
    let more: HTML =
      files.count > RunPages.mostFiles
      ? "<p class=\"faint\">and \(files.count - RunPages.mostFiles) more</p>" : .none
    return """
      <details><summary>Files (\(files.count))</summary>
      \(Parts.table(["file", "size", "SHA-256"], rows, empty: ""))\(more)
      </details>
      """
  }

  /// Queues the repetition of a run, or the command that resumes it.
  private func again(_ name: String, isRepetition: Bool) async throws -> WebReply {
    let run = try await lab.index.known.run(named: name)
    guard !run.arguments.isEmpty else { throw WebFault(.conflict, "The run has no command.") }
    let job = try await lab.queue.add(
      isRepetition ? "Repeat \(run.name)" : "Resume \(run.name)", command: run.command,
      arguments: isRepetition ? ["runs", "repeat", run.name] : run.arguments,
      run: isRepetition ? "\(run.name)-repeat" : run.name)
    return WebReply(seeOther: "/jobs/\(job.number)")
  }

  private static func chosen(_ request: WebRequest) throws(WebFault) -> [String] {
    let names = request.query.filter { $0.name == "run" }.map(\.value)
    guard (1...12).contains(names.count) else {
      throw WebFault(.unprocessableContent, "Choose 2 to 12 runs.")
    }
    return names
  }

  private func compare(_ request: WebRequest) async throws -> WebReply {
    let names = try RunPages.chosen(request)
    guard names.count > 1 else { throw WebFault(.unprocessableContent, "Choose 2 to 12 runs.") }
    let registry = await lab.index.known
    let comparison = try registry.compare(names)
    func table(_ lines: [RunComparison.Line], _ empty: String) -> HTML {
      Parts.table(
        [""] + comparison.runs,
        lines.map { line in ["\(line.name)"] + line.values.map { "\($0 ?? "–")" } }, empty: empty)
    }
    var curves: [String] = []
    var results: Set<String> = []
    for run in comparison.runs {
      let home = try registry.run(named: run).home
      for name in try registry.curveNames(of: home) where !curves.contains(name) {
        curves.append(name)
      }
      results.formUnion(
        try registry.finalMetrics(of: home).filter { $0.iteration == nil }.map(\.name))
    }
    let logged = comparison.metrics.filter { !results.contains($0.name) }
    let content: HTML = """
      <p>\(HTML(comparison.runs.map(RunPages.link)))</p>
      <h2>Settings that differ</h2>
      \(table(comparison.settings, "All settings are the same."))
      <h2>Results</h2>
      <p class="faint">With 95 % intervals where they are known.</p>
      \(table(comparison.metrics.filter { results.contains($0.name) }, "No results yet."))
      \(RunPages.figures(curves, of: comparison.runs))
      \(logged.isEmpty ? .none : """
        <details><summary>Last logged numbers (\(logged.count))</summary>\(table(logged, ""))</details>
        """ as HTML)
      """
    return WebReply(Layout(title: "Comparison of runs", here: .runs, content: content).html)
  }

  private func curve(_ request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    guard let name = request.query("name") else { throw WebFault.notFound }
    var curves: [LineChart.Curve] = []
    for run in try RunPages.chosen(request) {
      let points = try registry.curve(of: registry.run(named: run).home, named: name)
        .filter { $0.value.isFinite }
        .map { SIMD2(Double($0.iteration ?? 0), $0.value) }
      if !points.isEmpty {
        curves.append(LineChart.Curve(name: run, points: points).thinned(to: 400))
      }
    }
    let points = curves.flatMap(\.points)
    guard !points.isEmpty else { throw WebFault(.notFound, "No run has logged '\(name)'.") }
    let chart = LineChart(
      title: name, x: ChartAxis("Step", showing: points.map(\.x)),
      y: ChartAxis("", showing: points.map(\.y)), curves: curves)
    return WebReply(chart.drawing.file(name), as: "image/svg+xml")
      .with("Content-Security-Policy", WebApp.filePolicy)
  }
}
