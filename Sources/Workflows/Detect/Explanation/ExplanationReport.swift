import Detection
import Foundation
import Records

/// The report of a verdict on a file.
struct ExplanationReport {
  let explanation: Explanation
  let gradCAM: ReportPicture?
  /// The picture of each figure, by its file.
  private let figures: [String: ReportPicture]

  /// The file names of the explanation and of its Grad-CAM sheet.
  static let (file, gradCAMFile) = ("explanation.json", "gradcam.png")

  /// The report of a folder; nil where it holds no verdict.
  init?(reading folder: String) throws {
    guard let data = try RunFolder.contents(of: "\(folder)/\(ExplanationReport.file)") else {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(VerdictFiles.file)") else {
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
    gradCAM = try ReportPicture(
      ExplanationReport.gradCAMFile,
      """
      Face with the highest score, and Grad-CAM maps for the fake class in red. Each map is normalized to \
      its own maximum: it shows location, not strength.
      """, in: folder)
    var figures: [String: ReportPicture] = [:]
    for figure in explanation.evidence.flatMap(\.figures) {
      figures[figure.picture] = try ReportPicture(figure.picture, figure.caption, in: folder)
    }
    self.figures = figures
  }

  var page: ReportPage {
    let result = explanation.result
    var blocks: [ReportPage.Block] = [.paragraph(scored), .list(explanation.sentences)]
    if !result.notes.isEmpty { blocks += [.heading("Notes"), .list(result.notes)] }
    if !result.people.isEmpty { blocks += [.heading("Detector scores"), .table(detectors)] }
    let timelines = result.people.compactMap(ExplanationReport.timeline)
    if !timelines.isEmpty { blocks += [.heading("Score over time")] + timelines.map { .chart($0) } }
    if let gradCAM { blocks += [.heading("Grad-CAM"), .picture(gradCAM)] }
    for evidence in explanation.evidence {
      for figure in evidence.figures {
        blocks += [
          .heading("\(figure.title) of identity \(evidence.person)"), .paragraph(figure.sentence),
        ]
        if let picture = figures[figure.picture] { blocks.append(.picture(picture)) }
      }
    }
    if let cameras = result.cameras {
      blocks += [
        .heading("Camera"), .paragraph(CameraMatch.sentence(cameras)),
        .table(
          ReportTable(
            ["camera", "peak-to-correlation energy", "match"],
            cameras.map {
              [$0.camera, NumberText.fixed($0.energy, 0), $0.isSame ? "yes" : "no"]
            })),
        .paragraph(ExplanationReport.aboutCameras),
      ]
    }
    for evidence in explanation.evidence {
      guard let frequencies = evidence.frequencies else { continue }
      blocks += [
        .heading("Spectrum of identity \(evidence.person)"),
        .table(
          ReportTable(
            [
              "cycles/pixel", "contribution to the decision value",
              "standard deviations from real faces",
            ],
            frequencies.map {
              [
                "\(NumberText.fixed($0.low, 2)) to \(NumberText.fixed($0.high, 2))",
                NumberText.fixed($0.change, 3), NumberText.fixed($0.deviation, 1),
              ]
            })),
      ]
    }
    blocks.append(.paragraph(ExplanationReport.limitations))
    let models = result.people.first?.detectors.map(\.model) ?? []
    var request = InferenceRequest(inputs: [result.file])
    (request.detectors, request.isExplained) = (models, true)
    request.references = result.references
    blocks += [.heading("Reproduce"), .command(request.shown())]
    let name = (result.file as NSString).lastPathComponent
    return ReportPage("\(name): \(explanation.verdict.rawValue)", blocks)
  }

  private var scored: String {
    let result = explanation.result
    let count = result.frames == 1 ? "1 picture or frame" : "\(result.frames) frames"
    return
      "Scored: \(count) of '\(result.file)', \(result.framesWithoutFace) without a face."
  }

  private var detectors: ReportTable {
    let rows = explanation.result.people.flatMap { person in
      person.detectors.map { part in
        [
          "\(person.person)", part.model, part.text,
          part.fakeFrames.map {
            "\(Int(($0 * 100).rounded())) % of \(person.faces)"
          } ?? "–",
        ]
      }
    }
    return ReportTable(
      ["identity", "detector", "mean score", "faces that score as fake"], rows)
  }

  /// The score over time; nil for a picture.
  private static func timeline(of person: PersonVerdict) -> ReportChart? {
    let moments = person.scores.filter { $0.time != nil }
    guard moments.count > 1 else { return nil }
    func curve(_ name: String, _ value: (PersonVerdict.FrameScore) -> Double?) -> LineChart.Curve {
      let points = moments.compactMap { moment in
        value(moment).map { SIMD2(moment.time ?? 0, $0) }
      }
      return LineChart.Curve(name: name, points: points).thinned(to: 400)
    }
    let parts = person.detectors.enumerated().map { index, part in
      curve(part.model) { $0.each[index] }
    }
    let x = ChartAxis("Time (s)", showing: moments.compactMap(\.time))
    let limits = person.operatingPoint.limits.map { limit in
      LineChart.Curve(
        name: limit.name,
        points: [x.range.lowerBound, x.range.upperBound].map { SIMD2($0, limit.score) })
    }
    return ReportChart(
      "timeline-\(person.person)",
      "Score over time, and the limits of verdicts.",
      LineChart(
        title: "Identity \(person.person): \(person.verdict.rawValue)", x: x,
        y: ChartAxis("Score", 0...1),
        curves: [curve("ensemble", \.score)] + (parts.count > 1 ? parts : []) + limits
      ).drawing)
  }

  private static let aboutCameras = """
    The fixed noise pattern of the file's sensor against those in the reference pictures. A file that was \
    scaled, stabilized or strongly compressed matches no camera.
    """

  private static let limitations = """
    Each statement is a measurement; none proves a forgery by itself. Detectors may miss forgeries that \
    they were not trained on.
    """
}
