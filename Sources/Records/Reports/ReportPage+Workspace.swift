extension ReportPage {
  /// The page with what lies below a workspace named from there, so that it says nothing of the machine
  /// and stays true where the workspace is moved.
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
  /// This without `prefix` wherever a path begins with it.
  fileprivate func withoutPrefix(_ prefix: String) -> String {
    let parts = split(separator: prefix, omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
      // What stands before tells the middle of another path from the beginning of this one.
      let isInside = text.last.map { $0.isLetter || $0.isNumber || "/._-~".contains($0) } ?? false
      text += (isInside ? prefix : "") + part
    }
  }
}
