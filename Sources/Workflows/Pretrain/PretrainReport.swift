import Faces
import Generation
import Records

/// The report of a pretraining run.
struct PretrainReport {
  let folder: String
  let record: PretrainRecord
  let log: [PretrainLog]
  let sheet: ReportPicture?

  /// The report of a folder; nil if it has no pretraining run.
  init?(reading path: String) throws {
    guard RunReport.command(at: "\(path)/settings.json") == PretrainRequest.command,
      let record = try PretrainRecord.read(at: "\(path)/settings.json")
    else { return nil }
    (folder, self.record) = (path, record)
    log = RunLog<PretrainLog>.lines(at: "\(path)/log.jsonl")
    guard log.last?.iteration == record.iterations else {
      throw RecordsError.nothingToReport(
        name: path.split(separator: "/").last.map(String.init) ?? path,
        reason: "its training is unfinished. Rerun 'dflab pretrain' to resume it")
    }
    sheet = try ReportPicture(
      "preview.png", record.request.model.caption, in: path)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [
      .paragraph(
        "\(record.request.model.about) Program: dflab \(record.version).")
    ]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.heading("Held-out faces"), .table(quality), .chart(curves)]
    blocks += [
      .heading("Settings"), .table(record.choices.table), .heading("Reproduce"),
      .command(record.request.shown()),
    ]
    return ReportPage("Pretraining: \(folder.split(separator: "/").last ?? "")", blocks)
  }

  private var quality: ReportTable {
    let last = log.last?.heldOut ?? [:]
    let shown = PretrainFigure.allCases.filter { figure in
      last.values.contains { $0[figure.rawValue] != nil }
    }
    return ReportTable(
      ["faces"] + shown.map(\.title),
      last.sorted { $0.key < $1.key }.map { name, figures in
        [name]
          + shown.map { figure in
            figures[figure.rawValue].map { NumberText.fixed($0, figure.digits) } ?? ""
          }
      })
  }

  private var curves: ReportChart {
    let figure = record.request.model.mainFigure
    let names = Set(log.flatMap(\.heldOut.keys)).sorted()
    let curves = names.map { name in
      LineChart.Curve(
        name: name,
        points: log.compactMap { line in
          line.heldOut[name]?[figure.rawValue].map { SIMD2(Double(line.iteration), $0) }
        }, isDotted: true)
    }
    let points = curves.flatMap(\.points)
    return ReportChart(
      figure.rawValue, "Figures on held-out faces, by iteration.",
      LineChart(
        title: "Held-out faces: \(figure.title)",
        x: ChartAxis("Iteration", showing: [0] + points.map(\.x)),
        y: ChartAxis(figure.title, showing: points.map(\.y)), curves: curves
      ).drawing)
  }
}

extension PretrainModel {
  /// What the model is.
  fileprivate var about: String {
    switch self {
    case .autoencoders:
      "Three autoencoders of face pictures, one for each way of upsampling. The forgery method "
        + "'reconstruct' renders pictures with their decoders."
    case .swap:
      "An encoder and a decoder of many people's faces, which swap models begin from. Pictures of "
        + "rendered people in the same scene teach the encoder to leave the person out."
    case .eyes:
      "A network that tells how far eyes are closed, for the detector 'blink', taught by rendered "
        + "people."
    }
  }

  /// What the preview shows.
  fileprivate var caption: String {
    switch self {
    case .autoencoders: "Held-out faces and their reconstructions."
    case .swap:
      "Held-out faces, their reconstructions, and swaps to another person of the same scene, with "
        + "the true ones. The rows of swaps show rendered people alone."
    case .eyes: "Held-out closed and open eyes, and those whose closure was told worst."
    }
  }
}
