import Foundation
import Records
import Workflows

/// The queue, and the pages of jobs.
struct JobPages {
  let lab: Lab

  private static let perPage = 50

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/jobs") { request, _ in try await list(request) },
      Route("GET", "/jobs/{job}") { _, captures in try await page(captures["job"]) },
      Route("GET", "/jobs/{job}/progress") { _, captures in
        let job = try await lab.queue.job(JobPages.number(captures["job"]))
        return try WebReply(json: JobReport(job, lab.queue.progress(of: job.number)))
      },
      Route("GET", "/jobs/{job}/pictures") { _, captures in
        let job = try await lab.queue.job(JobPages.number(captures["job"]))
        return WebReply(pictures(of: run(of: job, lab.queue.progress(of: job.number))))
      },
      Route("POST", "/jobs/{job}/stop") { _, captures in
        let number = try JobPages.number(captures["job"])
        try await lab.queue.stop(number)
        return WebReply(seeOther: "/jobs/\(number)")
      },
      Route("POST", "/jobs/{job}/resume") { _, captures in
        let job = try await lab.queue.resume(JobPages.number(captures["job"]))
        return WebReply(seeOther: "/jobs/\(job.number)")
      },
      Route("POST", "/jobs/{job}/remove") { _, captures in
        let job = try await lab.queue.job(JobPages.number(captures["job"]))
        try await lab.queue.remove(job.number)
        await lab.release(lab.uploads.named(in: job.arguments))
        return WebReply(seeOther: "/jobs")
      },
    ]
  }

  /// The number of a job in an address.
  static func number(_ text: String) throws(WebFault) -> Int {
    guard text.count < 10, let number = Int(text) else {
      throw WebFault(.notFound, "There is no such job.")
    }
    return number
  }

  private func list(_ request: WebRequest) async throws -> WebReply {
    let jobs = await lab.queue.all
    let page = try request.page()
    let shown = jobs.dropFirst((page - 1) * JobPages.perPage).prefix(JobPages.perPage)
    let content: HTML = """
      <p>Jobs run one at a time, in the order asked. They go on when this page is closed, and what is
      stopped can be resumed here or in a terminal.</p>
      \(JobPages.list(Array(shown), lab, empty: "No jobs yet."))
      \(Parts.pages(
        page, of: (jobs.count + JobPages.perPage - 1) / JobPages.perPage, at: "/jobs", []))
      """
    return WebReply(Layout(title: "Jobs", here: .jobs, content: content).html)
  }

  /// Some jobs with their progress.
  static func list(_ jobs: [Job], _ lab: Lab, empty: String) -> HTML {
    Parts.table(
      ["job", "state", "progress", "asked (UTC)"],
      jobs.map { job in
        let progress = job.state == .running ? lab.queue.progress(of: job.number) : nil
        return [
          "<a href=\"/jobs/\(job.number)\">\(job.title)</a>", Parts.state(job.state.rawValue),
          progress.map { "\(bar($0.fraction)) \($0.step ?? "")" } ?? "",
          Parts.time(job.asked.formatted(.iso8601)),
        ]
      }, empty: empty)
  }

  private static func bar(_ fraction: Double?) -> HTML {
    fraction.map {
      "<progress aria-label=\"Done\" max=\"1\" value=\"\(NumberText.fixed($0, 3))\">\(Int($0 * 100)) %</progress>"
    } ?? "<progress aria-label=\"Done\"></progress>"
  }

  private func page(_ text: String) async throws -> WebReply {
    let job = try await lab.queue.job(JobPages.number(text))
    let progress = lab.queue.progress(of: job.number)
    let messages = progress.messages.joined(separator: "\n")
    let isOpen = !job.state.isFinal
    let content: HTML = """
      \(isOpen ? "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>" as HTML : .none)
      <div data-job="\(job.number)" data-state="\(job.state.rawValue)">
      <p>\(Parts.state(job.isStopping ? "stopping" : job.state.rawValue))
      <span id="step">\(isOpen ? progress.step ?? "" : "")</span></p>
      <p id="bar"\(isOpen ? .none : " hidden" as HTML)>\(JobPages.bar(progress.fraction))</p>
      <div class="actions">\(actions(job, progress))</div>
      \(matrix(of: job, progress))
      <div data-part="/jobs/\(job.number)/pictures">\(pictures(of: run(of: job, progress)))</div>
      <h2>Messages</h2>
      <pre id="messages" aria-live="polite">\(messages.isEmpty ? "None." : messages)</pre>
      </div>
      <h2>Command</h2>
      <p>The same in a terminal, in the workspace's folder:</p>
      <pre><code>\(job.shown)</code></pre>
      """
    return WebReply(Layout(title: job.title, here: .jobs, content: content).html)
  }

  private func actions(_ job: Job, _ progress: JobProgress) -> [HTML] {
    let address = "/jobs/\(job.number)"
    switch job.state {
    case .queued, .running:
      return job.isStopping ? [] : [Parts.button("Stop", to: "\(address)/stop")]
    case .done, .stopped, .failed:
      var actions: [HTML] = []
      if let run = run(of: job, progress), isThere(run) {
        actions.append("<a class=\"button\" href=\"\(Link.run(run))\">Result</a>")
      }
      if job.state != .done { actions.append(Parts.button("Resume", to: "\(address)/resume")) }
      actions.append(Parts.button("Remove from the list", to: "\(address)/remove", style: "quiet"))
      return actions
    }
  }

  /// The matrix of a duel, as far as it is known.
  private func matrix(of job: Job, _ progress: JobProgress) -> HTML? {
    guard job.command == DuelRequest.command, let run = run(of: job, progress),
      let folder = try? lab.workspace.path(ofShown: ["Labs", run])
    else { return nil }
    let view = try? DuelView(reading: folder, run: run)
    return view?.html ?? "<div data-part=\"\(Link.to("/duel", [("run", run)]))\"></div>"
  }

  /// The drawings that a run renews while it works; their addresses change with them.
  private func pictures(of run: String?) -> HTML {
    guard let run, let folder = try? lab.workspace.path(ofShown: ["Labs", run]) else {
      return .none
    }
    return HTML(
      [("preview.png", "Preview"), ("curves.png", "Curves")].compactMap { name, title in
        let file = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        guard let changed = file?[.modificationDate] as? Date else { return nil }
        let address = Link.to(
          Link.file("Labs/\(run)/\(name)"), [("at", "\(Int(changed.timeIntervalSince1970))")])
        return "<figure><img src=\"\(address)\" alt=\"\(title)\"></figure>"
      })
  }

  /// Whether a job that has ended left anything: one that failed early made no run.
  private func isThere(_ run: String) -> Bool {
    ["Labs/\(run)", run].contains {
      FileManager.default.fileExists(atPath: "\(lab.workspace.path)/\($0)")
    }
  }

  /// The run that a job has made, as the registry names it.
  private func run(of job: Job, _ progress: JobProgress) -> String? {
    if let run = job.run ?? progress.result["run"] { return run }
    let folder = progress.result["lab"] ?? progress.result["folder"] ?? progress.result["out"]
    return folder.map { folder in
      let home = lab.workspace.relative(folder)
      return home.hasPrefix("Labs/") ? String(home.dropFirst(5)) : home
    }
  }
}
