import Foundation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct RunComparisonTests {
  @Test func settingsThatDifferAndLastNumbersStandSideBySide() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    for (name, rate) in [("one", 0.5), ("two", 0.25)] {
      let lab = shop.workspace.lab(of: name)
      let recording = shop.record {
        Recording(
          "swap", at: lab, in: shop.workspace, settings: ["rate": rate, "batch": 4], places: [lab])
      }
      try recording.around(Interruption()) {
        try Data(
          """
          {"iteration":1,"seconds":0.5,"loss_a":0.75,"truth":{"a2b":{"ssim":0.5}}}
          {"iteration":2,"seconds":1,"loss_a":\(rate)}
          {"iteration":3,"seco
          """.utf8
        ).write(to: URL(filePath: "\(lab)/log.jsonl"))
      }
    }
    let registry = try shop.registry()
    let comparison = try registry.compare(["one", "two"])
    #expect(comparison.runs == ["one", "two"])
    #expect(comparison.settings.map(\.name) == ["rate"])
    #expect(comparison.settings[0].values == ["0.5", "0.25"])
    #expect(comparison.metrics.map(\.name) == ["loss_a", "truth.a2b.ssim"])
    #expect(comparison.metrics[0].values == ["0.5", "0.25"])
    let metrics = try registry.finalMetrics(of: "Labs/one")
    #expect(metrics.map(\.iteration) == [2, 1] && metrics.map(\.seconds) == [1, 0.5])
  }

  @Test func figuresOfResultsAreNumbersToo() {
    let results = Data(
      """
      {"detectors":[{"name":"spectrum","frames":{"metrics":{"roc_auc":{"value":0.875,
      "interval":{"low":0.75,"high":0.9375}}}},"clips":null}],
      "reconstruction":{"columns":["A"],"rows":[{"metric":"SSIM","values":[{"mean":0.5,"low":0.25,"high":0.75}]}]}}
      """.utf8)
    let rows = RunMetrics.final(results, of: "Labs/d")
    #expect(rows.map(\.name) == ["spectrum.frames.roc_auc", "reconstruction.A.SSIM"])
    #expect(
      rows.map { RunMetric($0).text } == ["0.875 (0.75 to 0.9375)", "0.5 (0.25 to 0.75)"])
  }

  @Test func aRunOfAnOlderProgramIsReadFromItsSettings() throws {
    let shop = try RecordedWorkshop(pictures: 0)
    let lab = shop.workspace.lab(of: "old")
    try RunFolder.make(lab)
    try RunFolder.make(shop.workspace.checkpoints(of: "old-spectrum"))
    let data = shop.workspace.datasets(of: "people")
    try Data(
      """
      {"command":"detect","seed":7,"version":"0.0.9","data":"\(data)","detectors":["spectrum"]}
      """.utf8
    ).write(to: URL(filePath: "\(lab)/settings.json"))
    let run = try shop.registry().run(named: "old")
    #expect(run.command == "detect" && run.seed == "7" && run.version == "0.0.9")
    #expect(run.state == .unknown && run.parents == ["Datasets/people"])
    #expect(run.places == ["Labs/old", "Checkpoints/old-spectrum"])
  }
}
