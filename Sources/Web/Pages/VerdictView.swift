import Foundation
import Records
import Workflows

/// The verdict on a file, with what it was shown.
struct VerdictView {
  private let verdict: FileVerdict
  private let folder: String
  private let run: RunSummary
  private let number: Int
  /// Whether the file can be shown.
  private let isStored: Bool

  /// - Parameters:
  ///   - folder: that of the verdict.
  ///   - number: its number in the run, from 0.
  init(
    _ verdict: FileVerdict, _ folder: String, run: RunSummary, number: Int, in workspace: Workspace
  ) {
    (self.verdict, self.folder, self.run, self.number) = (verdict, folder, run, number)
    isStored = (try? workspace.path(ofForm: verdict.file)).map(FileKind.isThere) ?? false
  }

  private var home: String {
    let inner = (folder as NSString).lastPathComponent
    return (run.home as NSString).lastPathComponent == inner ? run.home : "\(run.home)/\(inner)"
  }

  var html: HTML {
    let file = (verdict.file as NSString).lastPathComponent
    return """
      <section class="card verdict">
      <h2>\(file): \(Parts.state(verdict.answer))</h2>
      \(verdict.people.map(person))
      \(verdict.framesWithoutFace > 0 && !verdict.people.isEmpty
        ? "<p class=\"faint\">No face in \(verdict.framesWithoutFace) of \(verdict.frames) frames.</p>" as HTML : .none)
      \(verdict.notes.map { "<p class=\"warning\">\($0)</p>" as HTML })
      \(verdict.people.isEmpty ? .none : player)
      \(EvidenceView(reading: folder, home: home)?.html)
      \(report)
      </section>
      """
  }

  private func person(_ person: PersonVerdict) -> HTML {
    let parts = person.detectors.map { part -> [HTML] in
      [
        "\(part.model)", "\(part.score.map { NumberText.fixed($0, 3) } ?? "–")",
        // Its verdict alone: limits and error rates are those above, or in the report.
        part.score == nil
          ? "\(part.text)" : Parts.state(String(part.text.prefix { $0 != ":" && $0 != "," })),
        "\(part.fakeFrames.map { "\(Int(($0 * 100).rounded())) %" } ?? "–")",
      ]
    }
    return """
      <div class="person">
      <h3>Identity \(person.person): \(Parts.state(person.answer))</h3>
      <p>\(person.text).</p>
      \(person.details.map { "<p class=\"faint\">\($0).</p>" as HTML })
      \(Parts.table(
        ["detector", "mean score", "verdict", "frames that score as fake"], parts, empty: ""))
      </div>
      """
  }

  /// The file itself; scripts add the scores' timeline and the faces' boxes.
  private var player: HTML {
    let base = Link.to("verdicts", run.name)
    let query = [("number", "\(number)")]
    let isVideo = verdict.people.contains { $0.scores.contains { $0.time != nil } }
    let source = Link.to("\(base)/source", query)
    guard isStored else {
      return "<p class=\"faint\">The file itself is not in the workspace, or no longer.</p>"
    }
    let shown: HTML =
      isVideo
      ? "<video src=\"\(source)\" aria-label=\"The scored video\" controls muted playsinline preload=\"metadata\"></video>"
      : "<img src=\"\(source)\" alt=\"The scored picture\">"
    return """
      <div class="player" data-verdict="\(Link.to("\(base)/scores", query))">
      <div class="stage">\(shown)<canvas aria-hidden="true"></canvas></div>
      <canvas class="timeline" hidden role="img" aria-label="Score over time"></canvas>
      <p class="faint" id="at-\(number)" aria-live="off"></p>
      </div>
      """
  }

  private var report: HTML {
    guard home != run.home, FileKind.isThere("\(folder)/\(ReportPage.name).html") else {
      return .none
    }
    let address = Link.file("\(home)/\(ReportPage.name).html")
    return """
      <div class="actions"><a class="button" href="\(address)">Report with the evidence</a>
      <a class="button quiet" href="\(address)" download>Save the report as one file</a></div>
      """
  }
}

/// What the player asks for.
struct VerdictRoutes {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/verdicts/{run}/scores") { request, captures in
        try WebReply(json: try verdict(captures["run"], request))
      },
      Route("GET", "/verdicts/{run}/source") { request, captures in
        let file = try verdict(captures["run"], request).file
        return try WebReply(file: try lab.workspace.path(ofForm: file), to: request)
          .with("Content-Security-Policy", WebApp.filePolicy)
      },
    ]
  }

  private func verdict(_ run: String, _ request: WebRequest) throws -> FileVerdict {
    let folder = try lab.workspace.path(ofShown: ["Labs", run])
    let verdicts = try FileVerdict.all(in: folder)
    let number = request.query("number").flatMap(Int.init) ?? 0
    guard verdicts.indices.contains(number) else { throw WebFault.notFound }
    return verdicts[number].verdict
  }
}
