import Detection
import Engine
import Faces
import Foundation
import Records

/// The report of a detector training.
struct DetectReport {
  let results: DetectResults
  let record: DetectRecord
  /// The misclassified samples of each detector, by its name.
  let mistakes: [String: ReportPicture]

  /// The report of a folder; nil where it holds no detector training.
  init?(reading folder: String) throws {
    let settings = "\(folder)/settings.json"
    guard RunReport.command(at: settings) == "detect",
      let record = try DetectRecord.read(at: settings)
    else { return nil }
    guard let results = try DetectResults.read(at: "\(folder)/results.json") else {
      throw RecordsError.nothingToReport(
        name: (folder as NSString).lastPathComponent,
        reason: "its training is unfinished. Rerun 'dflab detect --retrain' to resume it")
    }
    (self.record, self.results) = (record, results)
    mistakes = try results.detectors.reduce(into: [:]) { pictures, detector in
      pictures[detector.name] = try MistakeSheet(detector).picture(in: folder)
    }
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about), .table(splits)]
    blocks += [.heading("Test metrics")]
    blocks += warning.map { [.paragraph($0)] } ?? []
    blocks += results.detectors.first.map { [.paragraph(DetectReport.scored($0))] } ?? []
    blocks += [
      .table(MetricTables.metrics(results.detectors)),
      .list(MetricTables.points(results.detectors)), .paragraph(DetectReport.howMeasured),
    ]
    blocks += comparison
    blocks += [.chart(DetectCharts.roc(of: results.detectors, "roc")), .chart(charts.calibration)]
    blocks += [.table(MetricTables.confusion(results.detectors))]
    if results.detectors.contains(where: { $0.clips != nil }) {
      blocks += [
        .heading("Test metrics by source clip and method"), .paragraph(DetectReport.clips),
        .table(MetricTables.clips(results.detectors)),
      ]
    }
    blocks += [
      .heading("Verdicts"), .paragraph(MetricTables.verdictsAbout),
      .table(MetricTables.verdicts(results.detectors)),
      .table(MetricTables.misses(results.detectors)),
    ]
    blocks += MetricTables.subgroups(results.detectors)
    blocks += [.heading("ROC AUC by forgery method and degradation")]
    for detector in results.detectors {
      blocks += [.chart(charts.methods(of: detector)), .chart(charts.degradations(of: detector))]
    }
    blocks += [
      .heading("Shortcut baselines"), .paragraph(MetricTables.leaks(results.audit)),
      .table(MetricTables.audit(results.audit)),
    ]
    if !results.log.isEmpty {
      blocks += [.heading("Training curves"), .chart(charts.validation), .chart(charts.losses)]
      blocks += [.heading("Timing"), .table(timings)]
    }
    for detector in results.detectors {
      guard let picture = mistakes[detector.name] else { continue }
      blocks += [.heading("Misclassified samples: \(detector.name)"), .picture(picture)]
    }
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [
      .heading("Reproduce"), .command(results.command), .paragraph(DetectReport.limitations),
    ]
    return ReportPage("Detector training: \(results.run)", blocks)
  }

  private var charts: DetectCharts { DetectCharts(results) }

  private var timings: ReportTable {
    let last = record.detectors.compactMap { kind in results.log.last { $0.detector == kind } }
    return ReportTable(
      ["detector", "steps", "training time (min)", "ms per step"],
      last.map {
        [
          $0.detector.rawValue, "\($0.iteration)", NumberText.fixed($0.seconds / 60, 2),
          NumberText.fixed($0.seconds * 1000 / Double(max(1, $0.iteration)), 1),
        ]
      })
  }

  private var settings: ReportTable {
    let length = record.request.iterations == nil ? "--iterations" : "--minutes"
    return
      (record.choices.filter { $0.option != length && $0.value != "none" } + [
        SettingChoice("--threads", "\(record.threads)"), SettingChoice("program", results.program),
      ]).table
  }

  private var about: String {
    let names = results.detectors.filter { $0.model != nil }.map(\.name)
    return """
      Detectors: \(names.joined(separator: ", ")). Dataset: '\(results.data)'. Program: \
      \(results.program). Weights are fitted on the training split; checkpoint, calibration and \
      threshold are selected on the validation split; the test split was scored once, after that. No \
      identity, donor or clip is in more than one split.\(initialization)
      """
  }

  private var initialization: String {
    guard let initial = record.initialization else { return "" }
    return
      " \(initial.kind.rawValue) starts from the weights of '\(initial.name)', which was trained "
      + "on other identities."
  }

  private var splits: ReportTable {
    ReportTable(
      ["split", "real", "fake", "identities", "clips"],
      Split.allCases.compactMap { split in
        results.splits[split.rawValue].map {
          [split.rawValue] + [$0.real, $0.fake, $0.identities, $0.clips].map(String.init)
        }
      })
  }

  private var warning: String? { results.detectors.first?.frames.warning }

  private var comparison: [ReportPage.Block] {
    let items = results.differences.sorted { $0.key < $1.key }.map { name, difference in
      "\(results.detectors[0].name) minus \(name): difference in ROC AUC \(MetricTables.text(difference.difference))"
        + (test(difference).map { ", p = \(NumberText.fixed($0, 3))" } ?? "")
    }
    guard !items.isEmpty else { return [] }
    let isTested = results.differences.values.contains { test($0) != nil }
    return [.list(items)] + (isTested ? [.paragraph(DetectReport.test)] : [])
  }

  /// The p-value of a difference; nil where there are too few source clips for one.
  private func test(_ difference: PairedDifference<Frames>) -> Double? {
    let clips = results.detectors.first?.frames.groups ?? 0
    return clips < Evaluation<Frames>.fewClips ? nil : difference.pValue
  }

  private static let test = """
    p: two-sided paired bootstrap test over source clips, both detectors on the same samples.
    """

  private static func scored(_ detector: DetectorMetrics) -> String {
    "\(detector.frames.balance.count) test samples \(detector.frames.origin)."
  }

  private static let howMeasured = """
    Per sample, with 95 % CI (percentile bootstrap over source clips, 2000 draws). A sample is \
    classified as fake if its score is at or above the threshold. The constant baseline gives every \
    sample the same score, the share of fakes. \(MetricTables.definitions)
    """

  private static let clips = """
    A group is all samples that come from one source clip and were made by one method, or a single clip \
    sample. Its score is the mean score of its frames, or the share of its frames at or above the \
    threshold. Metrics of groups are not comparable with per-sample metrics.
    """

  private static let limitations = """
    The metrics hold for forgeries and sources like those of this dataset. A detector may miss \
    forgeries that it was not trained on. Test it on other datasets before use: \
    'dflab detect --evaluate --data …'.
    """
}
