import Foundation
import Records
import Synchronization
import Workflows

/// The false positives and false negatives of detectors, side by side.
struct MistakePages {
  let lab: Lab
  private let lists = Lists()

  private static let perPage = 48

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/mistakes") { request, _ in try await page(request) },
      Route("GET", "/api/mistakes") { request, _ in
        let choice = try await choice(request)
        return try WebReply(json: Answer(choice, try request.page(), MistakePages.perPage))
      },
    ]
  }

  /// What a request chooses.
  private struct Choice {
    let run: RunSummary
    let list: MistakeList
    let test: MistakeList.Test
    let method: String?

    var falseNegatives: MistakeList.Side { test.falseNegatives(by: method) }
  }

  private func choice(_ request: WebRequest) async throws -> Choice {
    let run = try await lab.index.known.run(named: request.query("run") ?? "")
    let folder = "\(lab.workspace.path)/\(run.home)"
    let list = try lists.list(in: folder, lab.workspace)
    guard let list, !list.tests.isEmpty else {
      throw WebFault(.notFound, "The run has tested no detectors.")
    }
    func value(_ name: String) -> String? {
      request.query(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    let test = list.tests.first { test in
      (value("detector") ?? test.detector) == test.detector
        && (value("dataset") ?? test.dataset) == test.dataset
    }
    guard let test else { throw WebFault(.notFound, "The run has no such test.") }
    return Choice(run: run, list: list, test: test, method: value("method"))
  }

  private func page(_ request: WebRequest) async throws -> WebReply {
    let choice = try await choice(request)
    let (test, page) = (choice.test, try request.page())
    let sides = [test.falsePositives, choice.falseNegatives]
    let longest = sides.map(\.mistakes.count).max() ?? 0
    let query = request.query.filter { $0.name != "page" && !$0.value.isEmpty }
    let tests = choice.list.tests
    func names(_ values: [String]) -> [String] {
      values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    let content: HTML = """
      <p>\(RunPages.link(choice.run.name)), dataset \(dataset(test.dataset)). Samples that score
      \(NumberText.fixed(test.threshold, 3)) or higher count as fake; the largest error comes first.</p>
      <form method="get" action="/mistakes" class="search">
      <input type="hidden" name="run" value="\(choice.run.name)">
      \(MistakePages.select("detector", "Detector", names(tests.map(\.detector)), test.detector))
      \(MistakePages.select("dataset", "Dataset", names(tests.map(\.dataset)), test.dataset))
      \(MistakePages.select("method", "Method of the fakes", test.methods, choice.method, all: true))
      <button>Show</button>
      </form>
      \(choice.list.isComplete
        ? .none : "<p class=\"warning\">The run stored its largest errors alone.</p>" as HTML)
      <div class="pair">
      \(side("False positives", "real, called fake", sides[0], choice, page))
      \(side("False negatives", "fake, called real", sides[1], choice, page))
      </div>
      \(Parts.pages(
        page, of: (longest + MistakePages.perPage - 1) / MistakePages.perPage, at: "/mistakes", query))
      """
    return WebReply(
      Layout(title: "Errors of \(test.detector)", here: .runs, content: content).html)
  }

  private static func select(
    _ name: String, _ label: String, _ values: [String], _ chosen: String?, all: Bool = false
  ) -> HTML {
    guard values.count > 1 else { return .none }
    let options = values.map { value -> HTML in
      let selected: HTML = value == chosen ? " selected" : ""
      return "<option value=\"\(value)\"\(selected)>\(value)</option>"
    }
    let every: HTML = all ? "<option value=\"\">all</option>" : .none
    return """
      <div class="field"><label for="\(name)">\(label)</label>
      <select id="\(name)" name="\(name)">\(every)\(options)</select></div>
      """
  }

  private func dataset(_ path: String) -> HTML {
    guard let name = MistakePages.name(path) else { return "\(path)" }
    return "<a href=\"\(Link.to("data", name))\">\(name)</a>"
  }

  /// The name of a dataset of the workspace; nil for another folder.
  private static func name(_ path: String) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    return parts.count == 2 && parts[0] == "Datasets" ? parts[1] : nil
  }

  private func side(
    _ title: String, _ about: String, _ side: MistakeList.Side, _ choice: Choice, _ page: Int
  ) -> HTML {
    let shown = side.mistakes.dropFirst((page - 1) * MistakePages.perPage)
      .prefix(MistakePages.perPage)
    let count: HTML =
      choice.list.isComplete
      ? "\(side.mistakes.count) of \(side.samples)" : "\(side.mistakes.count)"
    let none: HTML =
      side.mistakes.isEmpty ? "<p class=\"faint\">None.</p>" : "<p class=\"faint\">No more.</p>"
    return """
      <section>
      <h2>\(title): \(count)</h2>
      <p class="faint">\(about)</p>
      \(shown.isEmpty
        ? none : "<ul class=\"grid\">\(shown.map { tile($0, choice.test.dataset) })</ul>" as HTML)
      </section>
      """
  }

  private func tile(_ mistake: MistakeList.Mistake, _ dataset: String) -> HTML {
    let text: HTML = "<span>\(NumberText.fixed(mistake.score, 3)) · \(mistake.method)</span>"
    guard let name = MistakePages.name(dataset) else {
      return "<li>\(mistake.path) \(text)</li>"
    }
    let record = Link.to("/picture", [("dataset", name), ("path", mistake.path)])
    let picture = Link.thumbnail("\(dataset)/\(mistake.path)")
    return """
      <li><a href="\(record)"><img src="\(picture)" alt="\(mistake.path)" loading="lazy" width="128" height="128">
      \(text)</a></li>
      """
  }

  /// The lists that were read last: a long one takes a while.
  private final class Lists: Sendable {
    private let kept = Mutex<[(key: String, list: MistakeList)]>([])

    private static let most = 4

    func list(in folder: String, _ workspace: Workspace) throws -> MistakeList? {
      let files = ["results.json", "scores.jsonl"].map { name -> String in
        let file = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        let changed = (file?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(file?[.size] as? Int ?? 0) \(changed)"
      }
      let key = ([folder] + files).joined(separator: " ")
      if let known = kept.withLock({ $0.first { $0.key == key }?.list }) { return known }
      guard let list = try MistakeList(reading: folder, in: workspace) else { return nil }
      kept.withLock { $0 = $0.suffix(Lists.most - 1) + [(key, list)] }
      return list
    }
  }

  /// The answer of the API.
  private struct Answer: Encodable {
    let run, dataset, detector: String
    let threshold: Double
    let isComplete: Bool
    let methods: [String]
    let tests: [Name]
    let falsePositives, falseNegatives: Part

    struct Name: Encodable { let dataset, detector: String }

    struct Part: Encodable {
      let samples, total: Int
      let lines: [MistakeList.Mistake]
    }

    enum CodingKeys: String, CodingKey {
      case run, dataset, detector, threshold, methods, tests
      case isComplete = "complete"
      case falsePositives = "false_positives"
      case falseNegatives = "false_negatives"
    }

    init(_ choice: Choice, _ page: Int, _ perPage: Int) {
      func part(_ side: MistakeList.Side) -> Part {
        Part(
          samples: side.samples, total: side.mistakes.count,
          lines: Array(side.mistakes.dropFirst((page - 1) * perPage).prefix(perPage)))
      }
      let test = choice.test
      (run, dataset, detector) = (choice.run.name, test.dataset, test.detector)
      (threshold, methods, isComplete) = (
        test.threshold, test.methods, choice.list.isComplete
      )
      tests = choice.list.tests.map { Name(dataset: $0.dataset, detector: $0.detector) }
      falsePositives = part(test.falsePositives)
      falseNegatives = part(choice.falseNegatives)
    }
  }
}
