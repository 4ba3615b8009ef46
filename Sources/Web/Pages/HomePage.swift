import Records

/// What the workspace holds, what runs, and what to do next.
struct HomePage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  /// The step that the workspace lacks most.
  private func next(_ contents: WorkspaceContents) -> HTML {
    if contents.faceSets == 0 {
      return
        "<a class=\"button\" href=\"/new/faces-synthesize?recipe=demo\">Render: make two synthetic people</a>"
    }
    if contents.labeledDatasets == 0 {
      return "<a class=\"button\" href=\"/new/augment\">Augment: make a labeled dataset</a>"
    }
    return contents.detectors == 0
      ? "<a class=\"button\" href=\"/new/detect-retrain\">Train: teach detectors</a>"
      : "<a class=\"button\" href=\"/new/duel\">Duel: generators against detectors</a>"
  }

  func reply(to request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    let contents = try registry.contents()
    let jobs = await lab.queue.all.filter { !$0.state.isFinal }
    let runs = try registry.runs(matching: "", steps: false, limit: 8, offset: 0).lines
    let content: HTML = """
      <p class="faint">\(lab.workspace.path)</p>
      <p class="next">
      <a class="button" href="/detect">Detect: is a picture or video fake?</a>
      <a class="button" href="/generate">Generate: swap two people's faces</a>
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
      \(RunPages.table(runs))
      """
    return WebReply(Layout(title: "The lab", here: nil, content: content).html)
  }
}
