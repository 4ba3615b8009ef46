import Foundation
import Records
import Workflows

/// The same as the pages, for scripts: JSON, as `openapi.json` describes it.
struct API {
  let lab: Lab

  private static let perPage = 100

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/api/openapi.json") { _, _ in
        WebReply(Data(PackageResources.openapi_json), as: "application/json")
      },
      Route("GET", "/api/status") { _, _ in
        let contents = try await lab.index.known.contents()
        let open = await lab.queue.all.filter { !$0.state.isFinal }
        return try WebReply(json: Status(contents: contents, jobs: open.map(report)))
      },
      Route("GET", "/api/runs") { request, _ in
        let runs = try await lab.index.known.runs(
          matching: request.query("q") ?? "", steps: request.query("steps") == "true",
          limit: API.perPage, offset: (try request.page() - 1) * API.perPage)
        return try WebReply(json: runs)
      },
      Route("GET", "/api/run") { request, _ in
        let registry = await lab.index.current()
        let run = try registry.run(named: request.query("name") ?? "")
        return try WebReply(
          json: Details(
            run: run, metrics: try registry.finalMetrics(of: run.home),
            files: try registry.files(of: run.home)))
      },
      Route("GET", "/api/compare") { request, _ in
        let names = request.query.filter { $0.name == "run" }.map(\.value)
        guard (2...12).contains(names.count) else {
          throw WebFault(.unprocessableContent, "Name 2 to 12 runs.")
        }
        return try WebReply(json: try await lab.index.known.compare(names))
      },
      Route("GET", "/api/datasets") { _, _ in
        try WebReply(json: try await lab.index.current().datasets())
      },
      Route("GET", "/api/datasets/{dataset}") { request, captures in
        let pictures = try await lab.index.known.pictures(
          of: captures["dataset"], PictureFilter(request), limit: API.perPage,
          offset: (try request.page() - 1) * API.perPage)
        return try WebReply(json: pictures)
      },
      Route("GET", "/api/models") { _, _ in
        try WebReply(json: try await lab.index.current().models())
      },
      Route("GET", "/api/requests") { _, _ in
        try WebReply(json: RequestKind.all.map(Kind.init))
      },
      Route("GET", "/api/jobs") { request, _ in
        let jobs = await lab.queue.all.dropFirst((try request.page() - 1) * API.perPage)
        return try WebReply(json: jobs.prefix(API.perPage).map(report))
      },
      Route("POST", "/api/jobs") { request, _ in try await add(request) },
      Route("GET", "/api/jobs/{job}") { _, captures in
        try WebReply(json: report(try await lab.queue.job(JobPages.number(captures["job"]))))
      },
      Route("POST", "/api/jobs/{job}/stop") { _, captures in
        let number = try JobPages.number(captures["job"])
        try await lab.queue.stop(number)
        return try WebReply(json: report(try await lab.queue.job(number)))
      },
      Route("POST", "/api/jobs/{job}/resume") { _, captures in
        let job = try await lab.queue.resume(JobPages.number(captures["job"]))
        return try WebReply(json: report(job), status: .accepted)
      },
      Route("POST", "/api/detect") { request, _ in
        try WebReply(json: report(try await DetectPage(lab).detect(request)), status: .accepted)
      },
      Route("GET", "/api/verdicts/{run}") { _, captures in
        let folder = try lab.workspace.path(ofShown: ["Labs", captures["run"]])
        return try WebReply(json: try FileVerdict.all(in: folder).map(\.verdict))
      },
      Route("POST", "/api/verify") { request, _ in
        try WebReply(json: try await VerifyPage(lab).checks(request))
      },
    ]
  }

  private func report(_ job: Job) -> JobReport {
    JobReport(job, lab.queue.progress(of: job.number))
  }

  /// Queues a request that is given as JSON.
  private func add(_ request: WebRequest) async throws -> WebReply {
    let bytes = try await request.bytes()
    let order: Order
    do {
      order = try JSONDecoder().decode(Order.self, from: bytes)
    } catch {
      throw WebFault(
        .badRequest,
        "The body must be JSON such as {\"request\": \"swap\", \"options\": {\"a\": \"Datasets/x\"}}."
      )
    }
    guard let kind = RequestKind.all.first(where: { $0.name == order.request }) else {
      throw WebFault(
        .unprocessableContent,
        "'request' must be one of \(RequestKind.all.map(\.name).joined(separator: ", ")).")
    }
    let job = try await kind.add(order.options?.mapValues(\.words) ?? [:], lab)
    return try WebReply(json: report(job), status: .accepted)
  }

  private struct Status: Encodable {
    let version = Program.version
    let contents: WorkspaceContents
    /// The jobs that have not ended.
    let jobs: [JobReport]
  }

  private struct Details: Encodable {
    let run: RunSummary
    let metrics: [RunMetric]
    let files: [RunFile]
  }

  private struct Order: Decodable {
    let request: String
    let options: [String: Value]?

    /// A text, a number, true or false, or a list of these.
    struct Value: Decodable {
      let words: [String]

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let truth = try? value.decode(Bool.self) {
          words = ["\(truth)"]
        } else if let whole = try? value.decode(Int.self) {
          words = ["\(whole)"]
        } else if let number = try? value.decode(Double.self) {
          words = ["\(number)"]
        } else if let text = try? value.decode(String.self) {
          words = [text]
        } else {
          words = try value.decode([Value].self).flatMap(\.words)
        }
      }
    }
  }

  private struct Kind: Encodable {
    let name, title, purpose: String
    let options: [Option]

    init(_ kind: RequestKind) {
      (name, title, purpose) = (kind.name, kind.title, kind.purpose)
      options = kind.options.map(Option.init)
    }

    struct Option: Encodable {
      let name, help: String
      /// Whether it takes several values.
      let isList: Bool
      let isRequired: Bool
      let usual: [String]
      /// What a value is: `text`, `truth`, `path`, `whole`, `number`, or `word`.
      let kind: String
      /// The words to choose from.
      let words: [String]?
      let least, greatest: Double?

      enum CodingKeys: String, CodingKey {
        case name, help, kind, words, least, greatest
        case isList = "list"
        case isRequired = "required"
        case usual = "default"
      }

      init(_ option: OptionDescription) {
        (name, help, isRequired, usual) = (
          option.name, option.help, option.isRequired, option.usual
        )
        isList = [.list, .repeated, .commas, .arguments].contains(option.form)
        var (words, least, greatest): ([String]?, Double?, Double?) = (nil, nil, nil)
        switch option.kind {
        case .text: kind = "text"
        case .truth: kind = "truth"
        case .file, .folder: kind = "path"
        case .whole(let low, let high): (kind, least, greatest) = ("whole", low, high)
        case .number(let low, let high): (kind, least, greatest) = ("number", low, high)
        case .oneOf(let all): (kind, words) = ("word", all)
        }
        (self.words, self.least, self.greatest) = (words, least, greatest)
      }
    }
  }
}

extension PictureFilter {
  /// What a request's query asks for.
  init(_ request: WebRequest) {
    func value(_ name: String) -> String? {
      request.query(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    self.init()
    (label, split) = (value("label"), value("split"))
    (method, person) = (value("method"), value("person"))
    bySharpness = value("order") == "sharpness"
  }
}
