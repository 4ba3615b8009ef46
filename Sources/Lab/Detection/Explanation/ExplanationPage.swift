import Detection
import Faces
import Media

/// The page about one judged file.
struct ExplanationPage {
  let explanation: Explanation
  let faces: [JudgedFace]
  let models: [DetectorModels.Model]
  let timeline: Image?

  func page() throws -> ReportPage {
    let mark = Mark.synthetic(by: Program.name)
    var blocks: [ReportPage.Block] = [.list(explanation.sentences)]
    if let timeline {
      blocks.append(
        .picture(
          ReportPicture(
            "timeline.png", "The probability of fake over time.",
            bytes: try timeline.encoded(as: .png, mark: mark))))
    }
    if let looks = try looks() {
      blocks += [
        .heading("Where the networks looked"),
        .picture(
          ReportPicture(
            "attention.png",
            "The face that is most surely fake, and in red what spoke for fake (Grad-CAM).",
            bytes: try looks.encoded(as: .png, mark: mark))),
      ]
    }
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
    blocks.append(.paragraph(ExplanationPage.limits))
    return ReportPage("\(explanation.judgement.file): \(explanation.verdict.rawValue)", blocks)
  }

  /// A row a person: the face, then what each network looked at; nil without a network.
  private func looks() throws -> Image? {
    let networks = models.compactMap { model in
      (model.trained.detector as? NetworkDetector).map { (model.name, $0) }
    }
    let rows = faces.filter { $0.picture != nil }.map { face in
      let picture = face.picture ?? Image(width: 1, height: 1, filled: Color(grey: 0))
      let heats = networks.map { _, network in
        network.attention(on: picture).map { picture.heated(by: $0.plane(side: picture.width)) }
      }
      return ContactSheet.Row(face.frame.map { "frame \($0)" } ?? "", [picture] + heats)
    }
    guard !networks.isEmpty, !rows.isEmpty else { return nil }
    return try ContactSheet(
      title: "", columns: ["face"] + networks.map(\.0), rows: rows, cellSize: 224
    ).drawn()
  }

  private static let limits = """
    Each sentence rests on the measurement that it names; none of them proves a forgery alone. A \
    detector knows the forgeries that it was trained on, and what it has not learnt it may call real.
    """
}

extension Image {
  /// The picture with a red glow where `heat`, 0…1, is high.
  func heated(by heat: Plane) -> Image {
    var pixels = self.pixels
    for place in heat.values.indices {
      let strength = 0.7 * heat.values[place]
      let grey =
        (Float(pixels[place * 3]) + Float(pixels[place * 3 + 1]) + Float(pixels[place * 3 + 2])) / 3
      for (channel, glow) in [Float(255), 40, 20].enumerated() {
        let value = grey * (1 - strength) + glow * strength
        pixels[place * 3 + channel] = UInt8(min(max(value, 0), 255))
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
