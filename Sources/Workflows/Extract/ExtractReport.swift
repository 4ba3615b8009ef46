import Faces
import Foundation
import Records

/// The report of an extraction.
struct ExtractReport {
  let folder: ExtractFolder
  let record: ExtractFolder.Record
  let sets: [FaceSet]
  let sheet: ReportPicture?

  /// The report of a folder; nil if it has no extraction.
  init?(reading path: String) throws {
    folder = ExtractFolder(path: path)
    guard RunReport.command(at: folder.note) == "extract",
      let data = try RunFolder.contents(of: folder.note),
      let record = try? JSONDecoder().decode(ExtractFolder.Record.self, from: data)
    else { return nil }
    guard record.state.isDone else {
      throw RecordsError.nothingToReport(
        name: (path as NSString).lastPathComponent,
        reason: "its extraction is unfinished. Rerun 'dflab extract' to resume it")
    }
    self.record = record
    sets = try ExtractSheet(folder).sets
    sheet = try ReportPicture(
      ExtractFolder.sheet, "Sample faces, evenly spaced.", in: path)
  }

  var page: ReportPage {
    let state = record.state
    var blocks: [ReportPage.Block] = [.paragraph(about), .chart(selection)]
    if !state.notes.isEmpty {
      let more =
        state.notes.count > 20 ? ["and \(state.notes.count - 20) more; see extract.json"] : []
      blocks += [.heading("Notes"), .list(state.notes.prefix(20) + more)]
    }
    blocks += [.heading("Faces"), .table(sources)]
    if !statistics.rows.isEmpty { blocks += [.table(statistics)] }
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += SessionTiming.blocks(of: folder.path, unit: "frames")
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Reproduce"), .command(command)]
    return ReportPage("Extraction: \((folder.path as NSString).lastPathComponent)", blocks)
  }

  private var lines: [FaceEntry] { sets.flatMap(\.lines) }

  private var about: String {
    let state = record.state
    let people = sets.count > 1 ? " (\(sets.count) identities)" : ""
    return """
      Kept \(state.kept) of \(state.found) faces\(people) found in \(state.frames) frames and pictures, \
      \(state.empty) of which have no face. Each face is an aligned 256×256 crop with a record in \
      faces.jsonl. Program: dflab \(record.version).
      """
  }

  private var selection: ReportChart {
    let rejected = FaceLimits.Reason.allCases.compactMap { reason in
      record.state.rejected[reason].map { (reason.rawValue, $0) }
    }
    let bars = [("kept", record.state.kept)] + rejected
    return ReportChart(
      "selection", "Faces kept and rejected, by reason.",
      BarChart(
        title: "Faces kept and rejected",
        axis: ChartAxis("Faces", 0...Double(max(1, record.state.found))),
        bars: bars.map { BarChart.Bar(name: $0, value: Double($1), note: "\($1)") }
      ).drawing)
  }

  private var sources: ReportTable {
    let rows = sets.enumerated().flatMap { rank, set in
      Dictionary(grouping: set.lines) { $0.source ?? "–" }.sorted { $0.key < $1.key }.map {
        ["\(rank + 1)", $0, "\($1.count)"]
      }
    }
    let most = 40
    let more = rows.count > most ? [["–", "and \(rows.count - most) more", "–"]] : []
    let first = sets.count > 1 ? 0 : 1
    return ReportTable(
      Array(["identity", "source", "faces"].dropFirst(first)),
      (rows.prefix(most) + more).map { Array($0.dropFirst(first)) })
  }

  /// The distribution of the faces' properties.
  private var statistics: ReportTable {
    let degrees = 180 / Double.pi
    func row(_ name: String, _ decimals: Int, _ value: (FaceEntry) -> Double?) -> [String]? {
      let values = lines.compactMap(value).filter(\.isFinite).sorted()
      guard let least = values.first, let greatest = values.last else { return nil }
      return [name]
        + [least, values[values.count / 2], greatest].map { NumberText.fixed($0, decimals) }
    }
    let rows = [
      row("width in the source (pixels)", 0) { $0.box?.width },
      row("sharpness (variance of the Laplacian)", 0, \.blur),
      row("brightness (0 to 1)", 2, \.brightness),
      row("yaw (degrees)", 0) { $0.pose.map { Double($0.yaw) * degrees } },
      row("pitch (degrees)", 0) { $0.pose.map { Double($0.pitch) * degrees } },
      row("detection score", 2, \.score),
    ]
    return ReportTable(["property", "minimum", "median", "maximum"], rows.compactMap { $0 })
  }

  private var settings: ReportTable { record.request.settingChoices.table }

  private var command: String {
    var request = record.request
    request.out = folder.path + "-repeat"
    return request.shown()
  }
}
