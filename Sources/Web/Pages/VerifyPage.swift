import Credentials
import Foundation
import Records

/// Whether a file was made here, from what, and whether it was changed.
struct VerifyPage {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/verify") { _, _ in WebReply(page(.none)) },
      Route("POST", "/verify") { request, _ in try await verify(request) },
    ]
  }

  private func verify(_ request: WebRequest) async throws -> WebReply {
    WebReply(page(HTML(try await checks(request).map(VerifyPage.result))))
  }

  /// Looks up the files of a form, which are not kept.
  func checks(_ request: WebRequest) async throws -> [FileCheck] {
    let sent = try await lab.uploads.receive(request)
    defer { lab.uploads.remove(sent.files.map(\.path)) }
    guard !sent.files.isEmpty else {
      throw WebFault(.unprocessableContent, "Choose a file first.")
    }
    let registry = await lab.index.current()
    return try sent.files.map { try lab.workspace.check(file: $0.path, by: registry) }
  }

  private func page(_ results: HTML) -> HTML {
    let content: HTML = """
      <p>A file that this workspace made is found by its content in the signed ledgers of all runs, also
      under another name. Content Credentials (C2PA) of any program tell who signed a picture or video, and
      how it was made. A file is read here and not kept.</p>
      <form method="post" action="/verify" enctype="multipart/form-data" class="drop">
      <label for="file">Picture, video, model or another file</label>
      <input type="file" id="file" name="file" multiple required>
      <button>Verify</button>
      </form>
      <div aria-live="polite">\(results)</div>
      """
    return Layout(title: "Verify", here: .verify, content: content).html
  }

  /// What is known of a file.
  static func result(_ check: FileCheck) -> HTML {
    let file = (check.file as NSString).lastPathComponent
    var pairs: [(name: String, value: HTML)] = []
    if let run = check.run {
      pairs.append(("made by", RunPages.link(RunPages.name(run))))
    }
    if let name = check.name { pairs.append(("as", "\(name)")) }
    if let making = check.making { pairs.append(("how", "\(making)")) }
    if !check.parents.isEmpty {
      pairs.append(("from", HTML(check.parents.prefix(10).map(origin))))
      if check.parents.count > 10 { pairs.append(("", "and \(check.parents.count - 10) more")) }
    }
    if let model = check.model { pairs.append(("with", origin(model))) }
    return """
      <section class="card">
      <h2>\(file): \(Parts.state(VerifyPage.word(check)))</h2>
      <p>\(VerifyPage.sentence(check))</p>
      \(Parts.list(pairs))
      \(check.faults.map { "<p class=\"warning\">\($0)</p>" as HTML })
      \(check.credentials.map(credentials) ?? "")
      </section>
      """
  }

  private static func credentials(_ report: CredentialsReport) -> HTML {
    """
    <h3>Content Credentials: \(Parts.state(report.verdict.rawValue))</h3>
    <p>\(report.sentence)</p>
    \(report.faults.map { "<p class=\"warning\">\($0)</p>" as HTML })
    \(report.remarks.map { "<p>\($0)</p>" as HTML })
    \(Parts.list(report.details.map { (name: $0.name, value: "\($0.text)" as HTML) }))
    """
  }

  private static func origin(_ parent: FileCheck.Parent) -> HTML {
    let short = "\(parent.hash.prefix(12))…"
    return parent.file.map { "<div>\($0) (\(short))</div>" }
      ?? "<div>SHA-256 \(short), not from this workspace</div>"
  }

  private static func word(_ check: FileCheck) -> String {
    switch check.verdict {
    case .unchanged: check.faults.isEmpty ? "verified" : "ledger at fault"
    case .changed: "changed"
    case .missing: "missing"
    case .unknown: "unknown"
    }
  }

  private static func sentence(_ check: FileCheck) -> String {
    switch check.verdict {
    case .unchanged: "This workspace made the file, and it is unchanged."
    case .changed: "A run made a file of this name, with other content."
    case .missing: "A run made a file of this name, which no longer exists."
    case .unknown:
      "The file is in no ledger of this workspace. That does not tell whether it is fake."
    }
  }
}
