import Foundation
import FoundationXML
import Testing

@testable import Records
@testable import Workflows

/// Expects a folder's report to be whole: one page without another file, the same in Markdown, and
/// the same again when it is written from the folder's files.
func expectReport(
  in folder: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }
  let (whole, markdown) = (try read("report.html"), try read("report.md"))
  // Encoded pictures may hold any word.
  let html = whole.replacing(/base64,[A-Za-z0-9+\/=]*/, with: "base64,")
  #expect(
    html.ranges(of: "http").count == html.ranges(of: "xmlns=\"http").count,
    "only the name of SVG's vocabulary is an address", sourceLocation: sourceLocation)
  #expect(
    html.ranges(of: "src=\"").count == html.ranges(of: "src=\"data:image/").count
      && !html.contains("href=") && !html.contains("url("),
    "the page needs no other file", sourceLocation: sourceLocation)
  let lacks = html.contains(/\bnan\b/) || markdown.contains(/\bnan\b/)
  #expect(!lacks, "a dash stands for what is not known", sourceLocation: sourceLocation)

  let headings = html.matches(of: /<h2>(.*?)<\/h2>/).map { String($0.1) }
  let titles = markdown.matches(of: /(?m)^## (.*)$/).map { SVGDrawing.escaped(String($0.1)) }
  #expect(headings == titles && !titles.isEmpty, sourceLocation: sourceLocation)
  let isCommanded = [("<pre><code>", html), ("```\n", markdown)].allSatisfy { start, text in
    ["", "# in the workspace\n"].contains { text.contains("\(start)\($0)dflab ") }
  }
  #expect(isCommanded, "the command to repeat it", sourceLocation: sourceLocation)

  let drawings = html.matches(of: /(?s)<svg .*?<\/svg>/)
  for drawing in drawings {
    #expect(XMLParser(data: Data(drawing.0.utf8)).parse(), sourceLocation: sourceLocation)
  }
  let links = markdown.matches(of: /!\[[^\]]*\]\(([^)]*)\)/).map { String($0.1) }
  #expect(
    links.count == drawings.count + html.ranges(of: "<img ").count, sourceLocation: sourceLocation)
  for link in links {
    #expect(
      FileManager.default.fileExists(atPath: "\(folder)/\(link)"), "\(link)",
      sourceLocation: sourceLocation)
  }

  for path in ["report.html", "report.md", "charts"].map({ "\(folder)/\($0)" })
  where FileManager.default.fileExists(atPath: path) {
    try FileManager.default.removeItem(atPath: path)
  }
  let again = try RunReport(in: folder)
  #expect(again.html == "\(folder)/report.html", sourceLocation: sourceLocation)
  let isSame = try read("report.html") == whole && read("report.md") == markdown
  #expect(isSame, "its files give the same report", sourceLocation: sourceLocation)
}
