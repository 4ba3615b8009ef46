import Foundation
import Testing

@testable import Media

struct DrawingTests {
  private let wave = CurvePlot.Series(
    "wave", (0..<200).map { .init(Double($0), sin(Double($0) / 20)) })

  private func panel(_ series: [CurvePlot.Series], logarithmic: Bool = false) -> CurvePlot.Panel {
    CurvePlot.Panel(
      title: "Loss", xLabel: "iterations", yLabel: "loss", series: series,
      isLogarithmic: logarithmic)
  }

  /// How many pixels have about a series' color.
  private func count(_ color: Color, in image: Image) -> Int {
    var count = 0
    for y in 0..<image.height {
      for x in 0..<image.width where image[x: x, y: y] == color { count += 1 }
    }
    return count
  }

  @Test func plotsHaveTheirSizeAndShowTheirCurves() throws {
    let plot = CurvePlot(panels: [panel([wave]), panel([wave])], width: 640, panelHeight: 200)
    let image = try plot.drawn()
    #expect(image.width == 640 && image.height == 424)
    let upper = image.cropped(x: 0, y: 0, width: 640, height: 212)
    let lower = image.cropped(x: 0, y: 212, width: 640, height: 212)
    #expect(count(Color.series[0], in: upper) > 200)
    #expect(count(Color.series[0], in: lower) > 200)
    #expect(count(Color.series[1], in: image) == 0)
  }

  @Test func drawingTwiceGivesTheSameBytes() throws {
    let plot = CurvePlot(panels: [panel([wave])])
    #expect(
      try plot.drawn().encoded(as: .png, mark: nil) == plot.drawn().encoded(as: .png, mark: nil))
    let sheet = ContactSheet(title: "Faces", rows: [.init("a", [Pictures.pattern(30, 40)])])
    #expect(try sheet.drawn() == sheet.drawn())
  }

  @Test func gapsAndSinglePointsAreDrawn() throws {
    let gap = CurvePlot.Series(
      "gap", [.init(0, 1), .init(1, 2), .init(2, .nan), .init(3, 1.5), .init(4, .infinity)])
    let whole = CurvePlot.Series("gap", gap.points.filter(\.y.isFinite))
    let broken = try CurvePlot(panels: [panel([gap])]).drawn()
    let joined = try CurvePlot(panels: [panel([whole])]).drawn()
    #expect(count(Color.series[0], in: broken) > 50)
    #expect(count(Color.series[0], in: broken) < count(Color.series[0], in: joined))
    let dot = try CurvePlot(panels: [panel([.init("", [.init(3, 7)])])]).drawn()
    #expect((8...60).contains(count(Color.series[0], in: dot)))
  }

  @Test func emptyPlotsSayThatThereIsNothing() throws {
    let frame = try CurvePlot(panels: [panel([])]).drawn()
    #expect(frame != Image(width: frame.width, height: frame.height, filled: .paper))
    let never = try CurvePlot(panels: [panel([.init("", [.init(.nan, .nan)])])]).drawn()
    #expect(frame == never)
    let none = try CurvePlot(panels: [], width: 300, panelHeight: 160).drawn()
    #expect(none == Image(width: 300, height: 184, filled: .paper))
  }

  @Test func logarithmicPlotsLeaveOutWhatHasNoLogarithm() throws {
    let falling = CurvePlot.Series(
      "", (0..<50).map { .init(Double($0), pow(10, -Double($0) / 10)) })
    let spoilt = CurvePlot.Series("", falling.points + [.init(50, 0), .init(51, -1)])
    #expect(
      try CurvePlot(panels: [panel([falling], logarithmic: true)]).drawn()
        == CurvePlot(panels: [panel([spoilt], logarithmic: true)]).drawn())
  }

  @Test func longCurvesLookTheSameWhenThinned() throws {
    let many = (0..<100_000).map { CurvePlot.Point(Double($0), sin(Double($0) / 9_000)) }
    let few = stride(from: 0, to: 100_000, by: 50).map { many[$0] } + [many[99_999]]
    let drawn = try CurvePlot(panels: [panel([.init("", many)])]).drawn()
    let sparse = try CurvePlot(panels: [panel([.init("", few)])]).drawn()
    let differing = zip(drawn.pixels, sparse.pixels).filter { abs(Int($0) - Int($1)) > 64 }.count
    #expect(differing < 200)
  }

  @Test func sheetsHoldTheirPicturesUnchanged() throws {
    let face = Pictures.pattern(64, 64)
    let sheet = try ContactSheet(
      title: "Swaps", columns: ["one", "two"],
      rows: [.init("face", [face, nil]), .init("swap", [nil, face])], cellSize: 64
    ).drawn()
    // The last cell stands at the margin of the lower right corner.
    let last = sheet.cropped(x: sheet.width - 84, y: sheet.height - 84, width: 64, height: 64)
    #expect(last == face)
    let above = sheet.cropped(x: sheet.width - 84, y: sheet.height - 152, width: 64, height: 64)
    #expect(above == Image(width: 64, height: 64, filled: .paper))
  }

  @Test func sheetsKeepAPicturesShape() throws {
    let wide = Image(width: 100, height: 50, filled: Color(gray: 0))
    let sheet = try ContactSheet(title: "", rows: [.init("", [wide])], cellSize: 40).drawn()
    #expect(sheet.width == 80 && sheet.height == 80)
    #expect(count(Color(gray: 0), in: sheet) == 40 * 20)
  }

  @Test func cellsMayBeLowerThanWide() throws {
    let wide = Image(width: 100, height: 25, filled: Color(gray: 0))
    let rows = [ContactSheet.Row("", [wide]), .init("", [wide])]
    let sheet = try ContactSheet(title: "", rows: rows, cellSize: 40, cellHeight: 10).drawn()
    #expect(sheet.width == 80 && sheet.height == 2 * 20 + 2 * 10 + 4)
    #expect(count(Color(gray: 0), in: sheet) == 2 * 40 * 10)
  }

  @Test func aLongLegendLeavesTheTitleWhole() throws {
    func head(_ names: [String]) throws -> Image {
      let series = names.map { CurvePlot.Series($0, [.init(0, 0), .init(1, 1)]) }
      let plot = CurvePlot(panels: [panel(series)], width: 480, panelHeight: 240)
      return try plot.drawn()
    }
    let alone = try head([""])
    let crowded = try head((1...6).map { "a curve of number \($0)" })
    // The title has the first line to itself, at the same place.
    let title = alone.cropped(x: 0, y: 20, width: 120, height: 24)
    #expect(crowded.cropped(x: 0, y: 20, width: 120, height: 24) == title)
    for color in Color.series.prefix(6) { #expect(count(color, in: crowded) > 20) }
  }

  @Test func emptySheetsAreDrawn() throws {
    let sheet = try ContactSheet(title: "Nothing yet", rows: []).drawn()
    #expect(sheet != Image(width: sheet.width, height: sheet.height, filled: .paper))
  }

  @Test func sheetsThatNoPictureHoldsAreRefused() {
    let rows = [ContactSheet.Row("", Array(repeating: nil, count: 1000))]
    #expect(throws: MediaError.self) {
      try ContactSheet(title: "", rows: rows, cellSize: 4096).drawn()
    }
  }
}
