import Engine
import Foundation
import Generation
import Records

/// What was trained, how good it is with which certainty, and how to repeat it.
struct SwapReport {
  /// What the run is called.
  let name: String
  let record: SwapRecord
  let results: SwapResults
  /// The log; empty for a model that was not trained here.
  let log: [LogEntry]
  /// Held-out faces and their swaps.
  let preview: ReportPicture?

  /// The report that a run's files allow; nil where the folder holds no swap run.
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
      "Held-out faces, each above its reconstruction and its swap",
      record.settings.mask == nil ? nil : "the mask that was learned",
      results.truth == nil ? nil : "the true swap",
    ]
    preview = try ReportPicture(
      "preview.png", rows.compactMap(\.self).joined(separator: ", ") + ".", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(model), .table(people), .paragraph(heldOut)]
    blocks += skipped
    blocks += [
      .heading("Reconstruction of held-out faces"), .table(results.reconstruction.table),
      .paragraph(SwapReport.reconstruction),
    ]
    if let truth = results.truth {
      blocks += [
        .heading("Swaps against the true swap"), .table(truth.table),
        .paragraph(SwapReport.truth), .list(SwapReport.truthFigures),
        .paragraph(SwapReport.truthLimits),
      ]
    }
    if let preview { blocks += [.heading("Held-out faces and their swaps"), .picture(preview)] }
    let charts = SwapCurves(log).charts
    if !charts.isEmpty {
      blocks += [.heading("Curves"), .paragraph(SwapReport.curves)] + charts.map { .chart($0) }
    }
    blocks += timings + [.heading("Settings"), .table(settings)]
    blocks += [.heading("Again"), .command(command), .paragraph(again)]
    return ReportPage("Swap run \(name)", blocks)
  }

  private var model: String {
    let (settings, best) = (record.settings, results.best)
    let name =
      record.pretrained.map { "The finished model '\($0)', a swap model" } ?? "The swap model"
    return """
      \(name) '\(settings.architecture.rawValue)', trained for \(results.iterations) steps of \
      2×\(settings.batch) faces (seed \(settings.seed), \(settings.precision.rawValue)); the weights \
      are those of step \(best.iteration), \(judge). Measured by \(results.program).
      """
  }

  private var people: ReportTable {
    ReportTable(
      ["", "folder", "pictures", "fingerprint"],
      [("A", record.a), ("B", record.b)].map { side, faces in
        [side, faces.folder, "\(faces.pictures)", faces.fingerprint]
      })
  }

  private var skipped: [ReportPage.Block] {
    let all = (record.a.skipped ?? []) + (record.b.skipped ?? [])
    guard !all.isEmpty else { return [] }
    let more = all.count > 10 ? ["and \(all.count - 10) more, all named in settings.json"] : []
    return [.paragraph("Pictures that could not be used:"), .list(all.prefix(10) + more)]
  }

  private var timings: [ReportPage.Block] {
    guard let last = log.last, last.seconds > 0, last.iteration > 0 else { return [] }
    let faces = Double(2 * record.settings.batch * last.iteration) / last.seconds
    let ends = log.compactMap { line in
      line.stopped.map {
        "step \(line.iteration), after \(MetricTables.number(line.seconds / 60, 1)) minutes: \($0.rawValue)"
      }
    }
    let rows = [
      ["steps", "\(last.iteration)"],
      ["minutes of training", MetricTables.number(last.seconds / 60, 2)],
      [
        "milliseconds a step", MetricTables.number(last.seconds * 1000 / Double(last.iteration), 1),
      ],
      ["faces a second", MetricTables.number(faces, 1)], ["threads", "\(record.threads)"],
    ]
    let sessions: [ReportPage.Block] =
      ends.isEmpty ? [] : [.paragraph("Where sessions ended, and why:"), .list(ends)]
    return [.heading("Timings"), .table(ReportTable(["", ""], rows))] + sessions
  }

  private var settings: ReportTable {
    let sessionOptions = record.sessionOptions
    let rows =
      record.settings.choices.map { [$0.option, $0.value] } + [
        ["--direction", (sessionOptions.direction ?? .both).rawValue],
        ["--evaluate-every", "\(sessionOptions.evaluateEvery)"],
        ["--sharpen", "\(sessionOptions.sharpen)"],
        ["the program", "dflab \(record.version)"],
      ]
    return ReportTable(["setting", "value"], rows)
  }
}
