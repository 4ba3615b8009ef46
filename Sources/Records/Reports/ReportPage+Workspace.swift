extension ReportPage {
  /// The page with paths relative to the workspace, so that it does not reveal the machine and
  /// stays valid if the workspace is moved.
  func named(below workspace: Workspace) -> ReportPage {
    func short(_ text: String) -> String { text.withoutPrefix("\(workspace.path)/") }
    return ReportPage(
      short(title),
      blocks.map { block in
        switch block {
        case .heading(let text): .heading(short(text))
        case .paragraph(let text): .paragraph(short(text))
        case .list(let texts): .list(texts.map(short))
        case .table(let table):
          .table(ReportTable(table.columns.map(short), table.rows.map { $0.map(short) }))
        case .command(let text):
          .command(short(text) == text ? text : "# in the workspace\n\(short(text))")
        case .chart, .picture: block
        }
      })
  }
}

extension String {
  /// This text without `prefix` at the start of paths.
  fileprivate func withoutPrefix(_ prefix: String) -> String {
    let parts = split(separator: prefix, omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
      // The preceding character distinguishes the start of a path from its middle.
      let isInside = text.last.map { $0.isLetter || $0.isNumber || "/._-~".contains($0) } ?? false
      text += (isInside ? prefix : "") + part
    }
  }
}
