import Foundation
import Records

/// Face sets and labeled datasets.
struct DataPages {
  let lab: Lab

  private static let perPage = 96

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/data") { _, _ in try await list() },
      Route("GET", "/data/{dataset}") { request, captures in
        try await page(captures["dataset"], request)
      },
      Route("GET", "/picture") { request, _ in
        let (name, path) = (request.query("dataset") ?? "", request.query("path") ?? "")
        let number = try await lab.index.known.number(ofPicture: path, in: name)
        guard let number else { throw WebFault.notFound }
        return WebReply(seeOther: Link.to("data", name, "\(number)"))
      },
      Route("GET", "/data/{dataset}/{number}") { _, captures in
        try await page(ofPicture: captures["number"], in: captures["dataset"])
      },
      Route("GET", "/data/{dataset}/{number}/provenance") { _, captures in
        try await provenance(ofPicture: captures["number"], in: captures["dataset"])
      },
    ]
  }

  private func list() async throws -> WebReply {
    let sets = try await lab.index.known.datasets()
    func rows(_ kind: SetKind) -> [[HTML]] {
      sets.filter { $0.kind == kind }.map { set in
        [
          "<a href=\"\(Link.to("data", set.name))\">\(set.name)</a>", "\(set.pictures)",
          kind == .faces ? "\(set.sets)" : "\(set.fakes ?? 0)",
          Parts.time(set.changed),
          set.run.map { RunPages.link(RunPages.name($0)) } ?? "–",
        ]
      }
    }
    let content: HTML = """
      <h2>Face sets</h2>
      \(Parts.table(["folder", "pictures", "face sets", "changed (UTC)", "made by"], rows(.faces),
        empty: "No face sets yet."))
      <h2>Labeled datasets</h2>
      \(Parts.table(["dataset", "samples", "fakes", "changed (UTC)", "made by"], rows(.labeled),
        empty: "No labeled datasets yet."))
      <p><a href="/uploads">Uploads and downloads</a></p>
      """
    return WebReply(Layout(title: "Data", here: .data, content: content).html)
  }

  private func page(_ name: String, _ request: WebRequest) async throws -> WebReply {
    let registry = await lab.index.known
    let filter = PictureFilter(request)
    let page = try request.page()
    let found = try registry.pictures(
      of: name, filter, limit: DataPages.perPage, offset: (page - 1) * DataPages.perPage)
    let values = try registry.pictureValues(of: name)
    let query = request.query.filter { $0.name != "page" && !$0.value.isEmpty }
    func choice(_ key: String, _ label: String, _ values: [PictureValues.Value], _ chosen: String?)
      -> HTML
    {
      guard values.count > 1 else { return .none }
      let options = values.map { value -> HTML in
        let selected: HTML = value.name == chosen ? " selected" : ""
        return "<option value=\"\(value.name)\"\(selected)>\(value.name) (\(value.count))</option>"
      }
      return """
        <div class="field"><label for="\(key)">\(label)</label>
        <select id="\(key)" name="\(key)"><option value="">all</option>\(options)</select></div>
        """
    }
    let sharp: HTML = filter.bySharpness ? " checked" : ""
    let content: HTML = """
      <form method="get" action="\(Link.to("data", name))" class="search">
      \(choice("label", "Label", values.labels, filter.label))
      \(choice("split", "Split", values.splits, filter.split))
      \(choice("method", "Method", values.methods, filter.method))
      \(choice("person", "Person", values.people, filter.person))
      \(values.hasSharpness ? """
        <span class="check"><input type="checkbox" id="order" name="order" value="sharpness"\(sharp)>
        <label for="order">sharpest first</label></span>
        """ as HTML : .none)
      <button>Show</button>
      </form>
      <p class="faint">\(found.total) \(found.total == 1 ? "picture or clip" : "pictures or clips")</p>
      <ul class="grid">
      \(found.lines.map { tile($0, of: name) })
      </ul>
      \(Parts.pages(
        page, of: (found.total + DataPages.perPage - 1) / DataPages.perPage,
        at: Link.to("data", name), query))
      """
    return WebReply(Layout(title: name, here: .data, content: content).html)
  }

  private func tile(_ picture: ListedPicture, of name: String) -> HTML {
    let words = [
      picture.label, picture.method.flatMap { $0 == picture.label ? nil : $0 }, picture.split,
    ]
    .compactMap(\.self)
    let text = words.isEmpty ? picture.person : words.joined(separator: " · ")
    return """
      <li><a href="\(Link.to("data", name, "\(picture.number)"))">
      <img src="\(Link.thumbnail("Datasets/\(name)/\(picture.path)"))" alt="\(picture.path)" loading="lazy" width="128" height="128">
      <span class="\(picture.label ?? "")">\(text)\(picture.frames > 1 ? " · \(picture.frames) frames" : "")</span></a></li>
      """
  }

  /// A picture of a dataset, with the number of those that there are.
  private func picture(
    _ text: String, in name: String
  ) async throws -> (picture: ListedPicture, number: Int, total: Int) {
    guard text.count < 10, let number = Int(text) else { throw WebFault.notFound }
    let found = try await lab.index.known.pictures(of: name, limit: 1, offset: number)
    guard let picture = found.lines.first else { throw WebFault.notFound }
    return (picture, number, found.total)
  }

  /// Whether a file is as a run made it, as far as the registry tells, which is quick.
  private func origin(of path: String) async throws -> [(name: String, value: HTML)] {
    let file = "\(lab.workspace.path)/\(path)"
    guard FileKind.isThere(file) else { return [("provenance", "missing")] }
    let hash = try FileHash.ofFile(file)
    let known = try await lab.index.known.artifacts(at: path, hash: hash)
    let same =
      known.last { $0.file.hash == hash && $0.file.path == path }
      ?? known.last { $0.file.hash == hash }
    guard let found = same ?? known.last else { return [("provenance", "unknown")] }
    return [
      ("provenance", same == nil ? "changed" : "unchanged"),
      ("made by", RunPages.link(RunPages.name(found.run))),
    ]
  }

  /// What the ledgers and the picture's own credentials tell.
  private func provenance(ofPicture text: String, in name: String) async throws -> WebReply {
    let (picture, number, _) = try await picture(text, in: name)
    let path = "\(lab.workspace.path)/Datasets/\(name)/\(picture.path)"
    let check = try lab.workspace.check(file: path, by: await lab.index.current())
    let content: HTML = """
      <p><a href="\(Link.to("data", name, "\(number)"))">The picture</a></p>
      \(VerifyPage.result(check))
      """
    return WebReply(
      Layout(title: "Provenance of \(name) \(number + 1)", here: .data, content: content).html)
  }

  private func page(ofPicture text: String, in name: String) async throws -> WebReply {
    let (picture, number, total) = try await picture(text, in: name)
    let path = "Datasets/\(name)/\(picture.path)"
    var pairs: [(name: String, value: HTML)] = [
      ("file", "<a href=\"\(Link.file(path))\">\(picture.path)</a>"),
      ("person", "\(picture.person)"),
    ]
    for (name, value) in [
      ("label", picture.label), ("split", picture.split), ("method", picture.method),
    ] {
      if let value { pairs.append((name, "\(value)")) }
    }
    if picture.frames > 1 { pairs.append(("frames", "\(picture.frames)")) }
    if let sharpness = picture.sharpness {
      pairs.append(("sharpness", "\(NumberText.fixed(sharpness, 1))"))
    }
    pairs += try await origin(of: path)
    let previous: HTML? =
      number > 0
      ? "<a rel=\"prev\" href=\"\(Link.to("data", name, "\(number - 1)"))\">Previous</a>" : nil
    let next: HTML? =
      number + 1 < total
      ? "<a rel=\"next\" href=\"\(Link.to("data", name, "\(number + 1)"))\">Next</a>" : nil
    let content: HTML = """
      <p><a href="\(Link.to("data", name))">\(name)</a>, \(number + 1) of \(total)</p>
      <figure><img src="\(Link.file(path))" alt="\(picture.path)"></figure>
      \(Parts.list(pairs))
      <p><a href="\(Link.to("data", name, "\(number)", "provenance"))">Sources, signatures and Content Credentials</a></p>
      <details><summary>Record in the manifest</summary><pre><code>\(picture.record)</code></pre></details>
      <nav class="pages" aria-label="Pictures">\(previous) \(next)</nav>
      """
    return WebReply(Layout(title: "\(name) \(number + 1)", here: .data, content: content).html)
  }
}
