import Detection
import Foundation

/// The page about one judged file.
struct ExplanationReport {
  let explanation: Explanation
  let timeline, attention: ReportPicture?

  /// The name of the file with the explanation, and those of the drawings.
  static let (file, timelineFile, attentionFile) = (
    "explanation.json", "timeline.png", "attention.png"
  )

  /// The report that the files of a judgement allow; nil where the folder holds none.
  init?(reading folder: String) throws {
    guard let data = try RunFolder.contents(of: "\(folder)/\(ExplanationReport.file)") else {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(JudgementFiles.verdict)") else {
        return nil
      }
      throw LabError.nothingToReport(
        name: (folder as NSString).lastPathComponent,
        reason: "it holds a verdict without reasons. 'dflab detect FILE --explain' looks for them")
    }
    guard let explanation = try? JSONDecoder().decode(Explanation.self, from: data) else {
      throw LabError.unreadable(
        path: "\(folder)/\(ExplanationReport.file)", reason: "it does not hold an explanation")
    }
    self.explanation = explanation
    timeline = try ReportPicture(
      ExplanationReport.timelineFile, "The probability of fake over time.", in: folder)
    attention = try ReportPicture(
      ExplanationReport.attentionFile,
      "The face that is most surely fake, and in red what spoke for fake (Grad-CAM).", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.list(explanation.sentences)]
    if let timeline { blocks += [.heading("Over time"), .picture(timeline)] }
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
                "\(FigureTables.number($0.low, 2)) to \(FigureTables.number($0.high, 2))",
                FigureTables.number($0.change, 3), FigureTables.number($0.deviation, 1),
              ]
            })),
      ]
    }
    let file = explanation.judgement.file
    let detectors = explanation.judgement.people.first?.detectors.map(\.model) ?? []
    blocks.append(.paragraph(ExplanationReport.limits))
    if !detectors.isEmpty {
      blocks += [
        .heading("Again"),
        .command(
          "dflab detect \(ShellWord.quoted(file)) --with \(detectors.joined(separator: ",")) --explain"
        ),
      ]
    }
    let name = (file as NSString).lastPathComponent
    return ReportPage("\(name): \(explanation.verdict.rawValue)", blocks)
  }

  private static let limits = """
    Each sentence rests on the measurement that it names; none of them proves a forgery alone. A \
    detector knows the forgeries that it was trained on, and what it has not learnt it may call real.
    """
}
