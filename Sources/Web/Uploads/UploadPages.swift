import Foundation
import Records

/// What is stored of uploads and downloads, and requests that send files in parts.
struct UploadPages {
  let lab: Lab

  private static let offset = "Upload-Offset"

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/uploads") { _, _ in try await page() },
      Route("POST", "/uploads/{upload}/remove") { _, captures in
        try lab.uploads.remove(captures["upload"])
        return WebReply(seeOther: "/uploads")
      },
      Route("GET", "/api/uploads") { _, _ in try WebReply(json: try lab.uploads.all()) },
      Route("POST", "/api/uploads") { request, _ in try await begin(request) },
      Route("GET", "/api/uploads/{upload}") { _, captures in
        try reply(lab.uploads.partial(captures["upload"]))
      },
      Route("PATCH", "/api/uploads/{upload}") { request, captures in
        guard let text = request.header(UploadPages.offset), text.count < 18,
          let offset = Int(text), offset >= 0
        else {
          throw WebFault(
            .badRequest, "The header \(UploadPages.offset) must say how much has arrived before.")
        }
        return try reply(
          await lab.uploads.add(to: captures["upload"], at: offset, request.body))
      },
      Route("DELETE", "/api/uploads/{upload}") { _, captures in
        try lab.uploads.remove(captures["upload"])
        return WebReply("", as: "text/plain; charset=utf-8", status: .noContent)
      },
    ]
  }

  private func reply(_ partial: PartialUpload, status: WebStatus = .ok) throws -> WebReply {
    try WebReply(json: partial, status: status).with(UploadPages.offset, "\(partial.offset)")
  }

  private func begin(_ request: WebRequest) async throws -> WebReply {
    struct Order: Decodable {
      let name: String
      let size: Int
    }
    let bytes = try await request.bytes()
    guard let order = try? JSONDecoder().decode(Order.self, from: bytes) else {
      throw WebFault(
        .badRequest, "The body must be JSON such as {\"name\": \"clip.mp4\", \"size\": 1000}.")
    }
    let partial = try lab.uploads.begin(order.name, size: order.size)
    return try reply(partial, status: .created)
      .with("Location", "/api/uploads/\(partial.upload)")
  }

  private func page() async throws -> WebReply {
    let uploads = try lab.uploads.all()
    let sources = try await lab.index.known.sources(below: ".dflab/web/uploads")
    var runs: [String: [String]] = [:]
    for (home, paths) in sources.sorted(by: { $0.key < $1.key }) {
      for upload in lab.uploads.named(in: paths) { runs[upload, default: []].append(home) }
    }
    let rows = uploads.map { upload -> [HTML] in
      [
        "\(upload.names.prefix(5).joined(separator: ", "))\(upload.names.count > 5 ? " …" : "")",
        "\(SizeText.of(upload.bytes))", Parts.time(upload.changed),
        upload.isComplete
          ? HTML((runs[upload.upload] ?? []).map { RunPages.link(RunPages.name($0)) })
          : "<span class=\"faint\">not complete</span>",
        Parts.button("Remove", to: "/uploads/\(upload.upload)/remove", style: "quiet"),
      ]
    }
    let total = uploads.reduce(0) { $0 + $1.bytes }
    let content: HTML = """
      <p>Pictures and videos that were sent or downloaded for scoring, \(SizeText.of(total)) in all. They are
      removed with the runs that use them, and after \(lab.settings.keptDays) days; unfinished ones after a
      day. The results of runs stay.</p>
      \(Parts.table(["files", "size", "changed (UTC)", "used by", ""], rows, empty: "No uploads."))
      """
    return WebReply(Layout(title: "Uploads", here: .data, content: content).html)
  }
}
