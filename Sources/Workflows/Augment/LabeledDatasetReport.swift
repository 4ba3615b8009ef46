import Faces
import Foundation
import Generation
import Records

/// The report of a labeled dataset: its composition and its shortcut baselines.
struct LabeledDatasetReport {
  let summary: LabeledDatasetSummary
  let set: LabeledDataset
  /// The request and settings of `augment`; nil where it has not made the dataset.
  let record: AugmentFolder.Record?
  let sheet: ReportPicture?
  /// The record of `datasets import`; nil where that has not made the dataset.
  let imported: ImportFolder.Record?

  /// The report of a folder; nil where it holds no labeled dataset.
  init?(reading folder: String) throws {
    guard LabeledDataset.isManifested(folder) else { return nil }
    let place = AugmentFolder(path: folder)
    set = try LabeledDataset(reading: folder)
    summary = LabeledDatasetSummary(of: set, sheet: place.sheet)
    record = place.record
    imported = try ImportFolder(path: folder).record
    sheet = try ReportPicture(
      "sheet.png", "Samples of each method; the first row is real.", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about), .table(splits)]
    if !gaps.isEmpty { blocks += [.paragraph("Methods missing from a split:"), .list(gaps)] }
    if let imported { blocks += ImportFolder(path: set.path).blocks(of: imported) }
    if !summary.notes.isEmpty { blocks.append(.list(Array(summary.notes.prefix(10)))) }
    blocks += [.heading("Shortcut baselines")]
    blocks += audit
    blocks += [.heading("Composition"), .chart(composition)]
    if set.samples.contains(where: { $0.degradations != nil }) {
      blocks += [
        .heading("Degradations"), .paragraph(LabeledDatasetReport.drawn), .table(degradations),
      ]
    }
    if let sheet { blocks += [.heading("Samples"), .picture(sheet)] }
    blocks += SessionTiming.blocks(of: set.path, unit: "samples")
    if let record {
      blocks += [.heading("Settings"), .table(LabeledDatasetReport.table(of: record.settings))]
      blocks += [.heading("Reproduce"), .command(command(record))]
      blocks += [.paragraph(LabeledDatasetReport.reproduction(record.settings))]
    }
    return ReportPage("Labeled dataset: \(name)", blocks)
  }

  private var name: String { (set.path as NSString).lastPathComponent }

  private var about: String {
    let fakes = set.samples.count { $0.label == .fake }
    return """
      \(summary.contents): \(summary.samples - fakes) real, \(fakes) fake. No identity and no clip \
      is in more than one split; a dataset that violates this is refused.
      """
  }

  /// The methods that a split lacks, and the consequence for a detector.
  private var gaps: [String] {
    let splits = Split.allCases.filter { !set.samples(in: $0).isEmpty }
    return summary.methods.filter { $0.method != Sample.real }.compactMap { row in
      let missing = splits.filter { row.splits[$0.rawValue] == nil }
      guard !missing.isEmpty else { return nil }
      let consequence =
        missing.contains(.test)
        ? "test metrics do not cover it"
        : missing.contains(.training)
          ? "detectors are tested on it without training on it"
          : "model selection does not consider it"
      return
        "\(row.method): no samples in \(missing.map(\.rawValue).joined(separator: " and ")); "
        + "\(consequence)."
    }
  }

  private var splits: ReportTable {
    let names = Split.allCases.map(\.rawValue)
    func row(_ name: String, _ counts: [String: Int]) -> [String] {
      [name] + names.map { "\(counts[$0] ?? 0)" } + ["\(counts.values.reduce(0, +))"]
    }
    return ReportTable(
      ["method"] + names + ["total"],
      summary.methods.map { row($0.method, $0.splits) } + [
        row("identities", summary.identities), row("clips", summary.clips),
      ])
  }

  private var audit: [ReportPage.Block] {
    guard let audit = summary.audit else {
      return [.paragraph("Not measured: the dataset has no audit.json.")]
    }
    return [.paragraph(MetricTables.leaks(audit)), .chart(MetricTables.chart(of: audit))]
  }

  private var composition: ReportChart {
    let counts = summary.methods.map { ($0.method, $0.splits.values.reduce(0, +)) }
    let most = counts.map(\.1).max() ?? 1
    return ReportChart(
      "composition", "Samples by method, all splits together.",
      BarChart(
        title: "Samples by method", axis: ChartAxis("Samples", 0...Double(max(most, 1))),
        bars: counts.map { BarChart.Bar(name: $0, value: Double($1), note: "\($1)") }
      ).drawing)
  }

  private static let drawn = """
    Real and fake samples are degraded alike: both are drawn from the same distribution. A sample may \
    have several degradations.
    """

  private var degradations: ReportTable {
    func shares(_ kind: Degradation.Kind?) -> [String] {
      Label.allCases.map { label in
        let own = set.samples.filter { $0.label == label }
        let degraded = own.count { sample in
          let all = sample.degradations ?? []
          return kind.map { kind in all.contains { $0.kind == kind } } ?? all.isEmpty
        }
        let share = own.isEmpty ? 0 : Double(degraded) / Double(own.count)
        return "\(degraded) (\(NumberText.fixed(share * 100, 1)) %)"
      }
    }
    let rows = Degradation.Kind.allCases.map { [$0.rawValue] + shares($0) }
    return ReportTable(
      ["degradation"] + Label.allCases.map { $0 == .fake ? "fake" : "real" },
      rows + [["none"] + shares(nil)])
  }
}
