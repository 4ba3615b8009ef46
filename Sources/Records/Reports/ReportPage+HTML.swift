import Foundation

extension ReportPage {
  /// A self-contained file, suitable for print and dark mode.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(SVGDrawing.escaped(title))</title>
    <style>
    \(ReportStyle.page)
    \(ReportStyle.charts)
    </style>
    </head>
    <body>
    <main>
    <h1>\(SVGDrawing.escaped(title))</h1>
    \(runs.map(ReportPage.html).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  /// The blocks, with consecutive charts grouped.
  private var runs: [[Block]] {
    blocks.reduce(into: []) { runs, block in
      if case .chart = block, case .chart? = runs.last?.last {
        runs[runs.count - 1].append(block)
      } else {
        runs.append([block])
      }
    }
  }

  /// Three or more charts are arranged side by side if there is room.
  private static func html(_ run: [Block]) -> String {
    let text = run.map(html).joined(separator: "\n")
    return run.count < 3 ? text : "<div class=\"charts\">\n\(text)\n</div>"
  }

  private static func html(_ block: Block) -> String {
    switch block {
    case .heading(let text): "<h2>\(SVGDrawing.escaped(text))</h2>"
    case .paragraph(let text): "<p>\(SVGDrawing.escaped(text))</p>"
    case .list(let items):
      "<ul>\n" + items.map { "<li>\(SVGDrawing.escaped($0))</li>\n" }.joined() + "</ul>"
    case .table(let table): html(table)
    case .chart(let chart): figure(chart.drawing.element(chart.caption), chart.caption)
    case .picture(let picture):
      figure(
        "<img alt=\"\(SVGDrawing.escaped(picture.caption))\" "
          + "src=\"data:\(picture.mediaType);base64,"
          + Data(picture.bytes).base64EncodedString() + "\">", picture.caption)
    case .command(let text): "<pre><code>\(SVGDrawing.escaped(text))</code></pre>"
    }
  }

  private static func html(_ table: ReportTable) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      let cells = cells.map { text in
        // A number and its interval stay on one line.
        let kind = tag == "td" && isFigure(text) ? " class=\"number\"" : ""
        return "<\(tag)\(kind)>\(SVGDrawing.escaped(text))</\(tag)>"
      }
      return "<tr>" + cells.joined() + "</tr>\n"
    }
    return "<div class=\"wide\"><table>\n<thead>\n" + row(table.columns, "th")
      + "</thead>\n<tbody>\n"
      + table.rows.map { row($0, "td") }.joined() + "</tbody>\n</table></div>"
  }

  /// Whether a text starts with a number.
  private static func isFigure(_ text: String) -> Bool {
    text.trimmingPrefix("-").first?.isNumber == true
  }

  private static func figure(_ content: String, _ caption: String) -> String {
    "<figure>\n\(content)\n<figcaption>\(SVGDrawing.escaped(caption))</figcaption>\n</figure>"
  }
}
