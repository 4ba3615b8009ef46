import Foundation
import Generation
import Records

/// The report of a conversion.
struct ConversionReport {
  let folder: String
  let record: ConversionRecord
  let sheet: ReportPicture?

  /// The report of a folder; nil if it has no conversion.
  init?(reading folder: String) throws {
    guard let record = try ConversionRecord.read(in: folder) else { return nil }
    (self.folder, self.record) = (folder, record)
    sheet = try ReportPicture(
      ConversionSheet.file, "Examples before and after, evenly spaced.", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about)]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.table(counts)]
    let notes = record.outcome.notes
    if !notes.isEmpty {
      let more =
        notes.count > 20
        ? ["and \(notes.count - 20) more; see \(ConversionRecord.name)"] : []
      blocks += [.heading("Notes"), .list(notes.prefix(20) + more)]
    }
    blocks += [.heading("Input and output"), .table(files)]
    blocks += SessionTiming.blocks(of: folder, unit: unit)
    if !stages.rows.isEmpty { blocks += [.paragraph(ConversionReport.overlap), .table(stages)] }
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Reproduce"), .command(command)]
    blocks += [.paragraph("The same model gives the same \(unit), bit for bit.")]
    return ReportPage("Conversion: \(record.result.name)", blocks)
  }

  private var isVideo: Bool { record.isVideo }
  private var unit: String { isVideo ? "frames" : "pictures" }

  private var about: String {
    let outcome = record.outcome
    return """
      Swapped \(outcome.swapped) of \(outcome.frames) \(unit) of '\(record.input.name)' to the face of \
      \(record.request.side.rawValue.uppercased()), with the model '\(record.request.model)'. The output is \
      marked as synthetic. Program: dflab \(record.version).
      """
  }

  private var counts: ReportTable {
    let outcome = record.outcome
    let rows = [
      [unit, "\(outcome.frames)"], ["\(unit) with a swapped face", "\(outcome.swapped)"],
      ["faces found", "\(outcome.facesFound)"], ["faces swapped", "\(outcome.facesSwapped)"],
      ["faces not swapped", "\(outcome.facesFound - outcome.facesSwapped)"],
    ]
    let left = outcome.facesLeft.sorted { $0.key < $1.key }.map {
      ["faces left as they were: \($0.reason)", "\($1)"]
    }
    let flicker = outcome.flicker.map {
      [
        [
          "flicker: change from frame to frame beyond the input's, in levels of 0–255",
          NumberText.fixed($0, 2),
        ]
      ]
    }
    return ReportTable(
      ["measure", "value"], rows + left + InsertionFitTable.rows(outcome.fit) + (flicker ?? []))
  }

  private var files: ReportTable {
    ConvertedFile.table([("input", record.input), ("output", record.result)])
  }

  private static let overlap = """
    Time spent in each stage during the last session, without waiting. Stages run concurrently, so their \
    sum may exceed the duration of the session.
    """

  private var stages: ReportTable {
    ReportTable(
      ["stage", "seconds"],
      record.outcome.stages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        [$0.key, NumberText.fixed($0.value, 2)]
      })
  }

  private var settings: ReportTable {
    record.request.choices(except: isVideo ? ["out"] : ["out", "codec", "quality", "lossless"])
      .table
  }

  private var command: String { record.request.renamed(record.result.repeated).shown() }
}
