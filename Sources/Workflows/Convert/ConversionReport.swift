import Foundation
import Generation
import Records

/// The page about a video or about pictures that a face was put into.
struct ConversionReport {
  let folder: String
  let record: ConversionRecord
  let sheet: ReportPicture?

  /// The report that a run's files allow; nil where the folder holds no conversion.
  init?(reading folder: String) throws {
    guard let record = try ConversionRecord.read(in: folder) else { return nil }
    (self.folder, self.record) = (folder, record)
    sheet = try ReportPicture(
      ConversionSheet.file, "Some of them before and after, evenly spread.", in: folder)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about)]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.table(counts)]
    let notes = record.outcome.notes
    if !notes.isEmpty {
      let more =
        notes.count > 20
        ? ["and \(notes.count - 20) more, in \(ConversionRecord.name)"] : []
      blocks += [.heading("To know"), .list(notes.prefix(20) + more)]
    }
    blocks += [.heading("What went in and what came out"), .table(files)]
    blocks += SessionTiming.blocks(of: folder, unit: unit)
    if !stages.rows.isEmpty { blocks += [.paragraph(ConversionReport.overlap), .table(stages)] }
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Again"), .command(command)]
    blocks += [.paragraph("With the same model this gives the same \(unit), to the bit.")]
    return ReportPage("Conversion to \(record.result.name)", blocks)
  }

  private var isVideo: Bool { record.settings.encoding != nil }
  private var unit: String { isVideo ? "frames" : "pictures" }

  private var about: String {
    let outcome = record.outcome
    return """
      The face of \(record.settings.side.rawValue), as the model '\(record.settings.model)' has learned \
      it, in \(outcome.swapped) of \(outcome.frames) \(unit) of '\(record.input.name)'. What came out is \
      marked as made by a model. Made by dflab \(record.version).
      """
  }

  private var counts: ReportTable {
    let outcome = record.outcome
    let rows = [
      [unit, "\(outcome.frames)"], ["with a swapped face", "\(outcome.swapped)"],
      ["faces found", "\(outcome.facesFound)"], ["faces swapped", "\(outcome.facesSwapped)"],
      ["faces left as they are", "\(outcome.facesFound - outcome.facesSwapped)"],
    ]
    let flicker = outcome.flicker.map {
      [["flicker beyond the source's motion, of 255 levels", MetricTables.number($0, 2)]]
    }
    return ReportTable(["", "count"], rows + (flicker ?? []))
  }

  private var files: ReportTable {
    func row(_ name: String, _ text: (ConvertedFile) -> String?) -> [String]? {
      let texts = [record.input, record.result].map(text)
      return texts.contains { $0 != nil } ? [name] + texts.map { $0 ?? "–" } : nil
    }
    let rows = [
      row("file") { $0.path },
      row("width × height") { file in file.width.flatMap { w in file.height.map { "\(w)×\($0)" } }
      },
      row("codec", \.codec), row("container", \.container),
      row("frames a second") { $0.framesPerSecond.map { MetricTables.number($0, 3) } },
      row("seconds") { $0.seconds.map { MetricTables.number($0, 2) } },
      row("streams of sound") { $0.sounds.map(String.init) },
      row("streams of subtitles") { $0.subtitles.map(String.init) },
      row("size") { $0.bytes.map { SynthesisDiskSpace.size(Double($0)) } },
    ]
    return ReportTable(["", "went in", "came out"], rows.compactMap(\.self))
  }

  private static let overlap = """
    How long each stage worked in the last session, waiting left out. Stages work side by side, so \
    together they may be longer than the session.
    """

  private var stages: ReportTable {
    ReportTable(
      ["stage", "seconds"],
      record.outcome.stages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        [$0.key, MetricTables.number($0.value, 2)]
      })
  }

  private var settings: ReportTable {
    ReportTable(
      ["setting", "value"],
      [["--model", record.settings.model], ["--input", record.input.path]]
        + options.map { [$0.name, $0.value ?? "yes"] })
  }

  /// What was asked for, as options; a value that is nil is a flag.
  private var options: [(name: String, value: String?)] {
    let (settings, insertion) = (record.settings, record.settings.insertion)
    let values: [(String, String?)] = [
      ("--to", settings.side.rawValue),
      ("--face", settings.reference == nil ? settings.face.name : nil),
      ("--reference", settings.reference), ("--mask", insertion.mask.rawValue),
      ("--color-transfer", insertion.colorTransfer.rawValue), ("--blend", insertion.blend.rawValue),
      ("--sharpen", "\(insertion.sharpening)"), ("--codec", settings.encoding?.codec),
      ("--quality", settings.encoding.map { "\($0.quality)" }),
    ]
    let flags = [("--lossless", settings.encoding?.isLossless == true)]
    return values.compactMap { name, value in value.map { (name, $0) } }
      + flags.filter(\.1).map { ($0.0, nil) }
  }

  private var command: String {
    let words = options.map { option in
      [option.name, option.value.map(ShellWord.quoted)].compactMap(\.self).joined(separator: " ")
    }
    return
      ([
        "dflab convert --model \(ShellWord.quoted(record.settings.model))",
        "--input \(ShellWord.quoted(record.input.path))",
      ] + words + ["--out \(ShellWord.quoted(record.result.again))"]).joined(separator: " ")
  }
}

extension ConvertedFile {
  fileprivate var name: String { (path as NSString).lastPathComponent }

  /// Where a repetition would go.
  fileprivate var again: String {
    let (stem, ending) = (
      (path as NSString).deletingPathExtension, (path as NSString).pathExtension
    )
    return ending.isEmpty ? "\(path)-again" : "\(stem)-again.\(ending)"
  }
}
