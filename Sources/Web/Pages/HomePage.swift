import Records

/// What the workspace holds, what runs, and what to do next.
struct HomePage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  func reply(to request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    let contents = try registry.contents()
    let jobs = await lab.queue.all.filter { !$0.state.isFinal }
    let runs = try registry.runs(matching: "", steps: false, limit: 8, offset: 0).lines
    let content: HTML = """
      <p class="faint">\(lab.workspace.path)</p>
      <p class="next">
      <a class="button" href="/detect">Detect: is a picture or video fake?</a>
      <a class="button" href="/verify">Verify: was a file made here?</a>
      <a class="button" href="/data">Data: look at faces and datasets</a>
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
