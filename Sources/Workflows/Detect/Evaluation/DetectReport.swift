import Detection
import Engine
import Faces
import Foundation
import Records

/// The page about a training of detectors: figures first, then what they rest on.
struct DetectReport {
  let results: DetectResults
  let record: DetectRecord
  /// What each detector told wrong, by its name.
  let mistakes: [String: ReportPicture]

  /// The report that a run's files allow; nil where the folder holds no training of detectors.
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
    blocks += [.heading("On test pictures, scored once")]
    blocks += warning.map { [.paragraph($0)] } ?? []
    blocks += results.detectors.first.map { [.paragraph(DetectReport.scored($0))] } ?? []
    blocks += [
      .table(MetricTables.metrics(results.detectors)), .paragraph(DetectReport.howMeasured),
    ]
    blocks += comparison
    blocks += [.chart(DetectCharts.roc(of: results.detectors, "roc")), .chart(charts.calibration)]
    blocks += [.table(MetricTables.confusion(results.detectors))]
    if results.detectors.contains(where: { $0.clips != nil }) {
      blocks += [
        .heading("Clip by clip"), .paragraph(DetectReport.clips),
        .table(MetricTables.clips(results.detectors)),
      ]
    }
    blocks += [.heading("By forgery and by what befell the picture")]
    for detector in results.detectors {
      blocks += [.chart(charts.methods(of: detector)), .chart(charts.degradations(of: detector))]
    }
    blocks += [
      .heading("What a detector gets that sees no face"), .paragraph(shortcuts),
      .table(MetricTables.audit(results.audit)),
    ]
    if !results.log.isEmpty {
      blocks += [.heading("Learning"), .chart(charts.learning), .chart(charts.losses)]
      blocks += [.heading("Timings"), .table(timings)]
    }
    for detector in results.detectors {
      guard let picture = mistakes[detector.name] else { continue }
      blocks += [.heading("Mistakes of \(detector.name)"), .picture(picture)]
    }
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Again"), .command(results.command), .paragraph(DetectReport.limits)]
    return ReportPage("Detectors of \(results.run)", blocks)
  }

  private var charts: DetectCharts { DetectCharts(results) }

  private var timings: ReportTable {
    let last = record.detectors.compactMap { kind in results.log.last { $0.detector == kind } }
    return ReportTable(
      ["detector", "steps", "minutes of training", "milliseconds a step"],
      last.map {
        [
          $0.detector.rawValue, "\($0.iteration)", MetricTables.number($0.seconds / 60, 2),
          MetricTables.number($0.seconds * 1000 / Double(max(1, $0.iteration)), 1),
        ]
      })
  }

  private var settings: ReportTable {
    let length: [String] =
      record.iterations.map { ["--iterations", "\($0)"] } ?? ["--minutes", "\(record.minutes)"]
    let batch: String = record.batch.map { "\($0)" } ?? "each network's own"
    let detectors: String = record.detectors.map(\.rawValue).joined(separator: ",")
    let methods: String = record.methods?.joined(separator: ",") ?? "all"
    let rows: [[String]] = [
      ["--data", record.data], ["the set's manifest, SHA-256", record.manifest],
      ["--detectors", detectors], ["--methods", methods],
      ["--init", record.initialization.map { "\($0.name), SHA-256 \($0.hash)" } ?? "none"], length,
      ["--batch", batch],
      ["--seed", "\(record.seed)"], ["--precision", record.precision.rawValue],
      ["--threads", "\(record.threads)"], ["the program", results.program],
    ]
    return ReportTable(["setting", "value"], rows)
  }

  private var about: String {
    let names = results.detectors.filter { $0.model != nil }.map(\.name)
    return """
      \(names.joined(separator: ", ")), trained on the labeled set '\(results.data)' by \
      \(results.program). Weights are learned on its training split; the end of training, calibration \
      and threshold are chosen on its validation split; the test split was scored once, after all of \
      that. No person, donor or clip is in two splits.\(start)
      """
  }

  private var start: String {
    guard let start = record.initialization else { return "" }
    return
      " \(start.kind.rawValue) began with the weights of '\(start.name)', which has learned of "
      + "other people."
  }

  private var splits: ReportTable {
    ReportTable(
      ["split", "real", "fake", "people", "clips"],
      Split.allCases.compactMap { split in
        results.splits[split.rawValue].map {
          [split.rawValue] + [$0.real, $0.fake, $0.people, $0.clips].map(String.init)
        }
      })
  }

  private var warning: String? { results.detectors.first?.frames.warning }

  private var comparison: [ReportPage.Block] {
    let items = results.differences.sorted { $0.key < $1.key }.map { name, difference in
      "\(results.detectors[0].name) minus \(name): ROC AUC \(MetricTables.text(difference.difference))"
        + (difference.pValue.map { ", p = \(String(format: "%.3f", $0))" } ?? "")
    }
    return items.isEmpty ? [] : [.list(items)]
  }

  private var shortcuts: String {
    if let reason = results.audit.reason { return reason }
    let open = results.audit.open.map(\.name)
    return open.isEmpty
      ? "Every shortcut is within three points of chance: the figures above are not owed to these."
      : "OPEN: \(open.joined(separator: ", ")). A detector may have learned these instead of forgeries."
  }

  private static func scored(_ detector: DetectorMetrics) -> String {
    "Scored: \(detector.frames.balance.count) pictures, \(detector.frames.origin)"
  }

  private static let howMeasured = """
    Per picture, with 95 % intervals: the percentile bootstrap over source clips, 2000 draws. \
    'Constant' is what the best answer gets that never looks. A picture is called fake from the \
    threshold on. These are the metrics of scikit-learn, with 'fake' as the positive answer.
    """

  private static let clips = """
    A clip stands here for the pictures of one source made in one way. Its score is the mean \
    of its pictures' probabilities, or the share of them over the threshold; neither may be compared \
    with figures per picture.
    """

  private static let limits = """
    The figures hold for forgeries and pictures like those of this set. A detector knows the \
    fingerprints that it was shown; what it does not know it may call real. Test it on other sets \
    ('dflab detect --evaluate --data …') before you believe it.
    """
}
