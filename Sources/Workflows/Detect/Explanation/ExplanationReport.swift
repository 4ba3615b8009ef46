import Detection
import Foundation
import Records

/// The page about one judged file.
struct ExplanationReport {
  let explanation: Explanation
  let attention: ReportPicture?

  /// The name of the file with the explanation, and that of its drawing.
  static let (file, attentionFile) = ("explanation.json", "attention.png")

  /// The report that the files of a judgment allow; nil where the folder holds none.
  init?(reading folder: String) throws {
    guard let data = try RunFolder.contents(of: "\(folder)/\(ExplanationReport.file)") else {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(VerdictFiles.verdict)") else {
        return nil
      }
      throw RecordsError.nothingToReport(
        name: (folder as NSString).lastPathComponent,
        reason: "its verdict has no explanation. Run 'dflab detect FILE --explain'")
    }
    guard let explanation = try? JSONDecoder().decode(Explanation.self, from: data) else {
      throw RecordsError.unreadable(
        path: "\(folder)/\(ExplanationReport.file)", reason: "not an explanation")
    }
    self.explanation = explanation
    attention = try ReportPicture(
      ExplanationReport.attentionFile,
      """
      The face that is most surely fake, and in red what spoke for fake (Grad-CAM). Each map is \
      scaled to its own greatest value: it says where, not how strongly.
      """, in: folder)
  }

  var page: ReportPage {
    let judgment = explanation.judgment
    var blocks: [ReportPage.Block] = [.paragraph(looked), .list(explanation.sentences)]
    if !judgment.notes.isEmpty { blocks += [.heading("To know"), .list(judgment.notes)] }
    if !judgment.people.isEmpty { blocks += [.heading("Detectors"), .table(detectors)] }
    let timelines = judgment.people.compactMap(ExplanationReport.timeline)
    if !timelines.isEmpty { blocks += [.heading("Over time")] + timelines.map { .chart($0) } }
    if let attention { blocks += [.heading("Where the networks looked"), .picture(attention)] }
    for evidence in explanation.evidence {
      guard let frequencies = evidence.frequencies else { continue }
      blocks += [
        .heading("Frequencies of person \(evidence.person)"),
        .table(
          ReportTable(
            ["cycles a pixel", "change of the score", "deviations from real faces"],
            frequencies.map {
              [
                "\(MetricTables.number($0.low, 2)) to \(MetricTables.number($0.high, 2))",
                MetricTables.number($0.change, 3), MetricTables.number($0.deviation, 1),
              ]
            })),
      ]
    }
    blocks.append(.paragraph(ExplanationReport.limits))
    let models = judgment.people.first?.detectors.map(\.model) ?? []
    let with = models.isEmpty ? "" : " --detectors \(models.joined(separator: ","))"
    blocks += [
      .heading("Again"),
      .command("dflab detect \(ShellWord.quoted(judgment.file))\(with) --explain"),
    ]
    let name = (judgment.file as NSString).lastPathComponent
    return ReportPage("\(name): \(explanation.verdict.rawValue)", blocks)
  }

  private var looked: String {
    let judgment = explanation.judgment
    let count = judgment.frames == 1 ? "1 picture or frame" : "\(judgment.frames) frames"
    return
      "Looked at: \(count) of '\(judgment.file)', \(judgment.framesWithoutFace) without a face."
  }

  private var detectors: ReportTable {
    let rows = explanation.judgment.people.flatMap { person in
      person.detectors.map { part in
        [
          "\(person.person)", part.model, MetricTables.number(part.probability, 3),
          MetricTables.number(part.threshold, 3),
          "\(Int((part.shareOverThreshold * 100).rounded())) % of \(person.faces)",
        ]
      }
    }
    return ReportTable(
      ["person", "detector", "mean probability of fake", "threshold", "faces over it"], rows)
  }

  /// The probability over time; nil for a picture.
  private static func timeline(of person: PersonVerdict) -> ReportChart? {
    let moments = person.scores.filter { $0.time != nil }
    guard moments.count > 1 else { return nil }
    func curve(_ name: String, _ value: (PersonVerdict.FrameScore) -> Double) -> LineChart.Curve {
      LineChart.Curve(name: name, points: moments.map { SIMD2($0.time ?? 0, value($0)) })
        .thinned(to: 400)
    }
    let parts = person.detectors.enumerated().map { index, part in
      curve(part.model) { $0.each[index] }
    }
    let x = ChartAxis("seconds", showing: moments.compactMap(\.time))
    let guide = (
      SIMD2(x.range.lowerBound, person.threshold), SIMD2(x.range.upperBound, person.threshold)
    )
    return ReportChart(
      "timeline-\(person.person)",
      "The probability of fake over time; the dashed line is the threshold of all together.",
      LineChart(
        title: "Person \(person.person): \(person.verdict.rawValue)", x: x,
        y: ChartAxis("probability of fake", 0...1),
        curves: [curve("together", \.probability)] + (parts.count > 1 ? parts : []), guide: guide
      ).drawing)
  }

  private static let limits = """
    Each sentence rests on the measurement that it names; none of them proves a forgery alone. A \
    detector knows the forgeries that it was trained on, and what it has not learned it may call real.
    """
}
