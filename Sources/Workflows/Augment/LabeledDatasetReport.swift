import Faces
import Foundation
import Generation
import Records

/// The page about a labeled set: what it holds, and what cheats could get of it.
struct LabeledDatasetReport {
  let survey: LabeledDatasetSummary
  let set: LabeledDataset
  /// What the set was made by; nil where `augment` has not made it.
  let settings: AugmentSettings?
  let sheet: ReportPicture?

  /// The report that a set's files allow; nil where the folder holds no labeled set.
  init?(reading folder: String) throws {
    guard LabeledDataset.isManifested(folder) else { return nil }
    let place = AugmentFolder(path: folder)
    set = try LabeledDataset(reading: folder)
    survey = LabeledDatasetSummary(of: set, sheet: place.sheet)
    settings = place.record?.settings
    sheet = try ReportPicture(
      "sheet.png", "Some pictures of each method, the real ones first.", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about), .table(splits)]
    if !gaps.isEmpty { blocks += [.paragraph("Not every method is in every split:"), .list(gaps)] }
    if !survey.notes.isEmpty { blocks.append(.list(Array(survey.notes.prefix(10)))) }
    blocks += [.heading("What a classifier gets that sees no face")]
    blocks += audit
    blocks += [.heading("Mixture"), .chart(mixture)]
    if set.samples.contains(where: { $0.degradations != nil }) {
      blocks += [.paragraph(LabeledDatasetReport.alike), .table(degradations)]
    }
    if let sheet { blocks += [.heading("By method"), .picture(sheet)] }
    blocks += SessionTiming.blocks(of: set.path, unit: "pictures")
    if let settings {
      blocks += [.heading("Settings"), .table(LabeledDatasetReport.table(of: settings))]
      blocks += [.heading("Again"), .command(command(settings))]
      blocks += [.paragraph(LabeledDatasetReport.again(settings))]
    }
    return ReportPage("Labeled set \(name)", blocks)
  }

  private var name: String { (set.path as NSString).lastPathComponent }

  private var about: String {
    let fakes = set.samples.count { $0.label == .fake }
    return """
      \(survey.pictures) pictures: \(survey.pictures - fakes) real, \(fakes) forged. Nobody, and no \
      clip, is in two of training, validation and test; a set in which that were otherwise would have \
      been refused.
      """
  }

  /// Which forgeries a split lacks that others have, and what follows for a detector.
  private var gaps: [String] {
    let splits = Split.allCases.filter { !set.samples(in: $0).isEmpty }
    return survey.methods.filter { $0.method != Sample.real }.compactMap { row in
      let lacking = splits.filter { row.splits[$0.rawValue] == nil }
      guard !lacking.isEmpty else { return nil }
      let consequence =
        lacking.contains(.test)
        ? "figures on the test split say nothing of it"
        : lacking.contains(.training)
          ? "a detector is tested on what it has not learned" : "nothing is chosen by it"
      return
        "\(row.method): none in \(lacking.map(\.rawValue).joined(separator: " and ")), so that "
        + "\(consequence)."
    }
  }

  private var splits: ReportTable {
    let names = Split.allCases.map(\.rawValue)
    func row(_ name: String, _ counts: [String: Int]) -> [String] {
      [name] + names.map { "\(counts[$0] ?? 0)" } + ["\(counts.values.reduce(0, +))"]
    }
    return ReportTable(
      [""] + names + ["all"],
      survey.methods.map { row($0.method, $0.splits) } + [
        row("people", survey.people), row("clips", survey.clips),
      ])
  }

  private var audit: [ReportPage.Block] {
    guard let audit = survey.audit else {
      return [.paragraph("Nobody has looked: the set was made without the audit, or elsewhere.")]
    }
    if let reason = audit.reason { return [.paragraph(reason)] }
    let open = audit.open.map(\.name)
    let answer =
      open.isEmpty
      ? "Every shortcut is within three points of chance."
      : "OPEN: \(open.joined(separator: ", ")). A detector may learn these instead of forgeries."
    return [
      .paragraph("\(answer) \(LabeledDatasetReport.howAudited(audit))"),
      .chart(MetricTables.chart(of: audit)),
    ]
  }

  private static func howAudited(_ audit: AuditReport) -> String {
    """
    Each is a logistic regression learned on some people and judged on others, over \(audit.pictures) \
    pictures, with 95 % intervals over people; 0.5 is chance.
    """
  }

  private var mixture: ReportChart {
    let counts = survey.methods.map { ($0.method, $0.splits.values.reduce(0, +)) }
    let most = counts.map(\.1).max() ?? 1
    return ReportChart(
      "mixture", "Pictures by method, over all splits.",
      BarChart(
        title: "Pictures by method", axis: ChartAxis("pictures", 0...Double(max(most, 1))),
        bars: counts.map { BarChart.Bar(name: $0, value: Double($1), note: "\($1)") }
      ).drawing)
  }

  private static let alike = """
    What befell the pictures: real and fake ones suffer the same draws. A picture may have suffered \
    several.
    """

  private var degradations: ReportTable {
    func shares(_ kind: Degradation.Kind?) -> [String] {
      Label.allCases.map { label in
        let own = set.samples.filter { $0.label == label }
        let befallen = own.count { sample in
          let all = sample.degradations ?? []
          return kind.map { kind in all.contains { $0.kind == kind } } ?? all.isEmpty
        }
        let share = own.isEmpty ? 0 : Double(befallen) / Double(own.count)
        return "\(befallen) (\(MetricTables.number(share * 100, 1)) %)"
      }
    }
    let rows = Degradation.Kind.allCases.map { [$0.rawValue] + shares($0) }
    return ReportTable(
      ["degradation"] + Label.allCases.map { $0 == .fake ? "fake" : "real" },
      rows + [["none"] + shares(nil)])
  }
}
