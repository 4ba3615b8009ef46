extension ReportPage {
  /// The page as Markdown, for terminals and repositories.
  public var markdown: String {
    (["# \(title)"] + blocks.map(ReportPage.markdown)).joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ block: Block) -> String {
    switch block {
    case .heading(let text): "## \(text)"
    case .paragraph(let text): text
    case .list(let items): items.map { "- \($0)" }.joined(separator: "\n")
    case .table(let table): markdown(table)
    case .chart(let chart): "![\(chart.caption)](\(chart.path))"
    case .picture(let picture): "![\(picture.caption)](\(picture.name))"
    case .command(let text): "```\n\(text)\n```"
    }
  }

  private static func markdown(_ table: ReportTable) -> String {
    let rows = [table.columns, table.columns.map { _ in "---" }] + table.rows
    return rows.map { row in
      "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
