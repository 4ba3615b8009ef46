import Engine
import Faces
import Foundation
import Generation
import Records

/// The report of a swap run.
struct SwapReport {
  /// The run's name.
  let name: String
  let record: SwapRecord
  let results: SwapResults
  /// The log; empty for a pretrained model.
  let log: [LogEntry]
  /// Held-out faces with their swaps.
  let preview: ReportPicture?

  /// The report of a folder; nil if it has no swap run.
  init?(reading folder: String) throws {
    name = (folder as NSString).lastPathComponent
    let settings = "\(folder)/settings.json"
    guard RunReport.command(at: settings) == "swap", let record = try SwapRecord.read(at: settings)
    else { return nil }
    guard let results = try SwapResults.read(at: "\(folder)/results.json") else {
      throw RecordsError.nothingToReport(
        name: name, reason: "it has no results yet. Rerun 'dflab swap' to resume it")
    }
    (self.record, self.results) = (record, results)
    log = SwapLog.lines(at: "\(folder)/log.jsonl")
    let rows = [
      "Held-out faces, reconstructions, swaps",
      record.settings.mask == nil ? nil : "learned masks",
      results.groundTruth == nil ? nil : "ground truth",
    ]
    preview = try ReportPicture(
      "preview.png", rows.compactMap(\.self).joined(separator: ", ") + ".", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(model), .table(people), .paragraph(selection)]
    blocks += skipped
    blocks += [
      .heading("Held-out reconstruction"), .table(results.reconstruction.table),
      .paragraph(SwapReport.reconstruction),
    ]
    if let metrics = results.groundTruth {
      blocks += [
        .heading("Ground-truth metrics of held-out swaps"), .table(metrics.table),
        .paragraph(SwapReport.groundTruth), .list(SwapReport.groundTruthMetrics),
        .paragraph(SwapReport.groundTruthLimitations),
      ]
    }
    if let preview { blocks += [.heading("Held-out faces and swaps"), .picture(preview)] }
    if let pictures = results.swaps {
      blocks += [
        .heading("Finished pictures"), .table(SwapReport.table(pictures)),
        .paragraph(SwapReport.finished),
      ]
    }
    let charts = SwapCurves(log).charts
    if !charts.isEmpty {
      blocks +=
        [.heading("Training curves"), .paragraph(SwapReport.curves)] + charts.map { .chart($0) }
    }
    blocks += timings + [.heading("Settings"), .table(settings)]
    blocks += [.heading("Reproduce"), .command(command), .paragraph(reproduction)]
    return ReportPage("Swap run: \(name)", blocks)
  }

  private var model: String {
    let (settings, best) = (record.settings, results.best)
    let source = record.request.pretrained.map { "pretrained model '\($0)'" } ?? "swap model"
    return """
      Model: \(source), architecture '\(settings.architecture.rawValue)', \(results.iterations) training \
      steps of 2×\(settings.batch) faces, seed \(settings.seed), \(settings.precision.rawValue). Weights: \
      step \(best.iteration), \(criterion). Program: \(results.program).
      """
  }

  private var people: ReportTable {
    let sides = [("A", record.a), ("B", record.b)]
    let hasPhotographs = sides.contains { $1.photographs != nil }
    return ReportTable(
      ["side", "folder"] + (hasPhotographs ? ["photographs"] : []) + ["pictures", "SHA-256"],
      sides.map { side, faces in
        [side, faces.folder] + (hasPhotographs ? [faces.photographs ?? "–"] : [])
          + ["\(faces.pictures)", "\(faces.hash.prefix(16))…"]
      })
  }

  private static func table(_ pictures: SwapPictures) -> ReportTable {
    let left = pictures.left.sorted { $0.key < $1.key }.map {
      ["faces left as they were: \($0.reason)", "\($1)"]
    }
    return ReportTable(
      ["measure", "value"],
      [["pictures", "\(pictures.pictures)"], ["with a swapped face", "\(pictures.swapped)"]] + left
        + InsertionFitTable.rows(pictures.fit))
  }

  private var skipped: [ReportPage.Block] {
    let all = (record.a.skipped ?? []) + (record.b.skipped ?? [])
    guard !all.isEmpty else { return [] }
    let more = all.count > 10 ? ["and \(all.count - 10) more; see settings.json"] : []
    return [.paragraph("Skipped pictures:"), .list(all.prefix(10) + more)]
  }

  private var timings: [ReportPage.Block] {
    guard let last = log.last, last.seconds > 0, last.iteration > 0 else { return [] }
    let faces = Double(2 * record.settings.batch * last.iteration) / last.seconds
    let ends = log.compactMap { line in
      line.stopped.map {
        "step \(line.iteration), \(NumberText.fixed(line.seconds / 60, 1)) min: \($0.rawValue)"
      }
    }
    let rows = [
      ["steps", "\(last.iteration)"],
      ["training time (min)", NumberText.fixed(last.seconds / 60, 2)],
      [
        "ms per step", NumberText.fixed(last.seconds * 1000 / Double(last.iteration), 1),
      ],
      ["faces/s", NumberText.fixed(faces, 1)], ["threads", "\(record.threads)"],
    ]
    let sessions: [ReportPage.Block] =
      ends.isEmpty ? [] : [.paragraph("Session ends and reasons:"), .list(ends)]
    return [.heading("Timing"), .table(ReportTable(["measure", "value"], rows))] + sessions
  }

  private var settings: ReportTable {
    let sessionOptions = record.sessionOptions
    let choices = record.settings.settingChoices.map {
      $0.option == "--mask" ? SettingChoice("--mask", record.mask.rawValue) : $0
    }
    return
      (choices + [
        SettingChoice("--direction", (sessionOptions.direction ?? .both).rawValue),
        SettingChoice("--evaluate-every", "\(sessionOptions.evaluateEvery)"),
        SettingChoice("--sharpen", sessionOptions.sharpen.map { "\($0)" } ?? "matched"),
        SettingChoice("program", "dflab \(record.version)"),
      ]).table
  }
}
