import Records

/// What the workspace holds, what runs, and what to do next.
struct HomePage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  /// The step that the workspace lacks most.
  private func next(_ contents: WorkspaceContents) -> HTML {
    if contents.faceSets == 0 {
      return HomePage.step(
        "Render", "Make two synthetic people", "/new/faces-synthesize?recipe=demo")
    }
    if contents.labeledDatasets == 0 {
      return HomePage.step("Augment", "Make a labeled dataset", "/new/augment")
    }
    return contents.detectors == 0
      ? HomePage.step("Train", "Teach detectors", "/new/detect-retrain")
      : HomePage.step("Duel", "Generators against detectors", "/new/duel")
  }

  private static func step(_ name: String, _ about: String, _ address: String) -> HTML {
    "<a class=\"button\" href=\"\(address)\"><b>\(name)</b> <span>\(about)</span></a>"
  }

  func reply(to request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    let contents = try registry.contents()
    let jobs = await lab.queue.all.filter { !$0.state.isFinal }
    let runs = try registry.runs(matching: "", steps: false, limit: 8, offset: 0).lines
    let content: HTML = """
      <p class="faint">\(lab.workspace.path)</p>
      <p class="next">
      \(HomePage.step("Detect", "Is a picture or video fake?", "/detect"))
      \(HomePage.step("Generate", "Swap two people's faces", "/generate"))
      \(next(contents))
      </p>
      <h2>Jobs</h2>
      \(JobPages.list(jobs, lab, empty: "Nothing is running."))
      <h2>In this workspace</h2>
      \(Parts.list([
        ("runs", "<a href=\"/runs\">\(contents.runs)</a>"),
        ("face sets", "<a href=\"/data\">\(contents.faceSets)</a>"),
        ("labeled datasets", "<a href=\"/data\">\(contents.labeledDatasets)</a>"),
        ("swap models", "\(contents.swapModels)"), ("detectors", "\(contents.detectors)"),
      ]))
      <h2>Newest runs</h2>
      \(RunPages.table(runs, reportsIn: lab.workspace))
      """
    return WebReply(Layout(title: "The lab", here: nil, content: content).html)
  }
}
