import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Records

struct ReportPageTests {
  private let page = ReportPage(
    "Runs <1> & \"2\"",
    [
      .heading("Metrics"), .paragraph("a < b"), .list(["one", "two"]),
      .table(ReportTable(["what", "AUC"], [["a|b", "0.5"]])),
      .chart(ReportChart("roc", "The curve", ReportPageTests.curve.drawing)),
      .picture(ReportPicture("worst.png", "Worst", bytes: [1, 2, 3])),
      .command("dflab detect --retrain"),
    ])

  private static let curve = LineChart(
    title: "ROC <all>", x: ChartAxis("false positives", 0...1),
    y: ChartAxis("true positives", 0...1),
    curves: [
      .init(
        name: "a & b", points: [[0, 0], [0.5, .nan], [1, 1]],
        band: [0...0.1, 0...1, 0.9...1]),
      .init(name: "second", points: [[0, 0.2], [1, 0.4]], isDotted: true),
    ], guide: ([0, 0], [1, 1]))

  @Test func whatLiesInTheWorkspaceIsNamedFromThere() throws {
    let folder = try TemporaryFolder()
    let workspace = try testWorkspace(in: folder)
    let path = workspace.path
    let page = ReportPage(
      "Set '\(path)/Datasets/full'",
      [
        .paragraph("'/else\(path)/Datasets/full' and \(path)s/b are elsewhere"),
        .list(["\(path)/Labs/a, \(path)/Labs/b"]),
        .table(ReportTable(["--data"], [["\(path)/Datasets/full"]])),
        .command("dflab detect --data \(path)/Datasets/full"), .command("dflab detect"),
      ])
    try RunFolder.make(workspace.lab(of: "run"))
    try page.write(to: workspace.lab(of: "run"))
    #expect(
      try String(contentsOfFile: "\(workspace.lab(of: "run"))/report.md", encoding: .utf8) == """
        # Set 'Datasets/full'

        '/else\(path)/Datasets/full' and \(path)s/b are elsewhere

        - Labs/a, Labs/b

        | --data |
        | --- |
        | Datasets/full |

        ```
        # in the workspace
        dflab detect --data Datasets/full
        ```

        ```
        dflab detect
        ```

        """)
  }

  @Test func htmlNeedsNoOtherFileAndEscapesWhatItSays() {
    let html = page.html
    #expect(html.contains("<title>Runs &lt;1&gt; &amp; &quot;2&quot;</title>"))
    #expect(html.contains("<p>a &lt; b</p>"))
    #expect(html.contains("src=\"data:image/png;base64,AQID\""))
    #expect(!html.contains("href="))
    #expect(
      html.ranges(of: "http").count == html.ranges(of: "xmlns=\"http").count,
      "only the name of SVG's vocabulary is an address")
  }

  @Test func markdownSaysTheSame() {
    #expect(
      page.markdown == """
        # Runs <1> & "2"

        ## Metrics

        a < b

        - one
        - two

        | what | AUC |
        | --- | --- |
        | a\\|b | 0.5 |

        ![The curve](charts/roc.svg)

        ![Worst](worst.png)

        ```
        dflab detect --retrain
        ```

        """)
  }

  @Test func everyFileIsWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try page.write(to: folder.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["charts", "report.html", "report.md", "worst.png"])
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/charts/roc.svg"))
  }

  @Test(arguments: [
    curve.drawing,
    BarChart(
      title: "AUC by <method>", axis: ChartAxis("AUC", 0...1),
      bars: [.init(name: "s&b", value: 0.9, interval: 0.8...0.95), .init(name: "x", value: .nan)],
      guide: 0.5
    ).drawing,
    HeatMap(
      title: "Rounds", rowLabel: "generator", columnLabel: "detector", rows: ["g1", "g2"],
      columns: ["d1", "d2"], values: [[0.5, nil], [1, .nan]],
      notes: [["0.4–0.6", ""], ["<1>", ""]], range: 0.5...1
    ).drawing,
    BarChart(title: "", axis: ChartAxis("", showing: []), bars: []).drawing,
  ])
  func aDrawingIsWellFormed(drawing: SVGDrawing) {
    let text = drawing.file("What <it> shows\u{0}\u{1B}[31m")
    #expect(XMLParser(data: Data(text.utf8)).parse())
    #expect(!text.contains("nan"))
  }

  @Test func aCurveRunsFromCornerToCorner() {
    let plot = Plot(
      left: 10, top: 20, right: 110, bottom: 220, x: ChartAxis("", 0...1), y: ChartAxis("", 0...2))
    #expect(plot.place([0, 0]) == (10, 220))
    #expect(plot.place([1, 2]) == (110, 20))
    #expect(plot.place([0.5, 9]) == (60, 20), "what lies outside is held to the edge")
  }

  @Test func ticksAreRound() {
    #expect(ChartAxis("", 0...1).ticks.map(\.text) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(ChartAxis("", 0...98).ticks.map(\.text) == ["0", "20", "40", "60", "80"])
    #expect(ChartAxis("", 3...3).range == 2.5...3.5)
  }

  @Test func powersOfTenHaveTheirOwnPlaces() {
    let axis = ChartAxis("", powersShowing: [0.01, 1, -3, .nan])
    #expect(axis.ticks.map(\.text) == ["0.01", "0.1", "1"])
    #expect(abs(axis.position(of: 0.1) - 0.5) < 1e-9)
    #expect(!axis.position(of: 0).isFinite)
    let near = ChartAxis("", powersShowing: [0.31, 0.34])
    #expect(near.ticks.count >= 2, "within a step the numbers are round ones")
    let chart = LineChart(
      title: "", x: ChartAxis("", 0...2), y: axis,
      curves: [.init(name: "", points: [[0, 1], [1, 0], [2, 0.01]])])
    #expect(XMLParser(data: Data(chart.drawing.file("").utf8)).parse())
  }

  @Test func longCurvesAreDrawnByTheMeansOfNeighbors() {
    let curve = LineChart.Curve(name: "", points: (0..<1000).map { [Double($0), 1] })
    let thin = curve.thinned(to: 100)
    #expect(thin.points.count == 100 && thin.points[0] == [4.5, 1])
    #expect(curve.thinned(to: 1000) == curve)
  }

  @Test func barsBeginWhereTheyAreTold() {
    let chart = BarChart(
      title: "", axis: ChartAxis("", 0...1), bars: [.init(name: "", value: 0.25)], guide: 0.5,
      origin: 0.5)
    // 80 on the left and 120 on the right are for words: a quarter of 440 pixels.
    #expect(chart.drawing.file("").contains("x=\"190\" y=\"34\" width=\"110\""))
  }

  @Test func threeChartsStandSideBySide() throws {
    let chart = ReportPage.Block.chart(ReportChart("a", "A", ReportPageTests.curve.drawing))
    #expect(!ReportPage("", [chart, chart]).html.contains("<div class=\"charts\">"))
    #expect(ReportPage("", [chart, chart, chart]).html.contains("<div class=\"charts\">"))
  }

  @Test func numbersAreShort() {
    #expect(SVGDrawing.text(12) == "12")
    #expect(SVGDrawing.text(100) == "100")
    #expect(SVGDrawing.text(1.5) == "1.5")
    #expect(SVGDrawing.text(.nan) == "0")
  }
}
