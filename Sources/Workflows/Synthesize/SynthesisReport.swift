import Faces
import Foundation
import Records
import Synthesis

/// The report of synthetic people.
struct SynthesisReport {
  let folder: SynthesisFolder
  let record: SynthesisFolder.Record
  let statistics: SynthesisStatistics
  let clips: [SynthesisClip]
  let sheet: ReportPicture?

  /// The report of a folder; nil where it holds no synthetic people.
  init?(reading path: String) throws {
    folder = SynthesisFolder(path: path)
    guard RunReport.command(at: folder.note) == "faces synthesize", let record = folder.record
    else {
      return nil
    }
    self.record = record
    statistics = try SynthesisStatistics(of: folder, people: record.recipe.people)
    guard statistics.pictures >= record.recipe.pictures else {
      throw RecordsError.nothingToReport(
        name: (path as NSString).lastPathComponent,
        reason: "its rendering is unfinished. Rerun 'dflab faces synthesize' to resume it")
    }
    let folder = folder
    clips = (0..<record.recipe.people).compactMap {
      SynthesisClip.reading(SynthesisFolder.name(of: $0), in: folder)
    }
    sheet = try ReportPicture(
      "sheet.png", "Sample pictures of the first identities, one row each.", in: path)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about)]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.heading("Identities"), .table(people), .paragraph(SynthesisReport.scales)]
    if !clips.isEmpty { blocks += [.heading("Signals"), .table(signals)] }
    blocks += [.heading("Scene parameters"), .table(statistics.ranges), .paragraph(backdrops)]
    blocks += [.heading("Files"), .table(files)]
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Reproduce"), .command(command)]
    blocks += [
      .paragraph("The command gives the same pictures, bit for bit, with any number of threads.")
    ]
    return ReportPage(
      "Synthetic identities: \((folder.path as NSString).lastPathComponent)", blocks)
  }

  private var recipe: SynthesisRecipe { record.recipe }
  private var size: String { "\(recipe.size)×\(recipe.size)" }

  private var about: String {
    let people =
      recipe.people == 1 ? "1 synthetic identity" : "\(recipe.people) synthetic identities"
    let clips =
      recipe.isSequence
      ? "one clip per identity at \(recipe.rate) fps" : "frames from many short clips"
    return """
      \(people): \(recipe.pictures) pictures of \(size) pixels, \(clips). The pictures are rendered from \
      numeric parameters, without a model or a photograph, and marked as synthetic. \
      Program: \(record.program).
      """
  }

  private static let scales = """
    Age, melanin and beard density range from 0 to 1. The other parameters of each identity are in \
    faces.jsonl.
    """

  private var people: ReportTable {
    let most = 40
    let rows = statistics.people.prefix(most).map { person in
      let looks = person.identity
      return [person.name, "\(person.pictures)", NumberText.fixed(Double(looks.age), 2)]
        + [looks.skinMelanin, looks.hairMelanin].map { NumberText.fixed(Double($0), 2) }
        + [
          looks.hair.rawValue,
          looks.beard == .none
            ? "none"
            : "\(looks.beard.rawValue), \(NumberText.fixed(Double(looks.beardDensity), 2))",
          looks.glasses.rawValue,
        ]
    }
    let columns = [
      "identity", "pictures", "age", "skin melanin", "hair melanin", "hair", "beard", "glasses",
    ]
    let rest = statistics.people.count - most
    let more =
      rest > 0 ? [["and \(rest) more"] + columns.dropFirst().map { _ in "–" }] : []
    return ReportTable(columns, rows + more)
  }

  private var signals: ReportTable {
    func percent(_ share: Double) -> String { NumberText.fixed(100 * share, 2) }
    let rows = clips.prefix(40).map { clip in
      [
        clip.pictures, "\(clip.blinks.count)", "\(clip.blinks.count { !$0.isComplete })",
        clip.pulse.map { NumberText.fixed($0.rate, 1) } ?? "–",
        clip.pulse.map { percent($0.strength) } ?? "–",
        clip.sensor.map { "\($0.camera)" } ?? "–",
        clip.sensor.map { percent(Double($0.pattern)) } ?? "–",
      ]
    }
    return ReportTable(
      [
        "identity", "blinks", "incomplete", "heartbeats per minute", "pulse (% of green light)",
        "camera", "sensor pattern (%)",
      ], rows)
  }

  private var backdrops: String {
    let shares = statistics.backdrops.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      kind, count in
      "\(kind.rawValue) \(NumberText.fixed(100 * Double(count) / Double(statistics.pictures), 0)) %"
    }
    return "Backgrounds: \(shares.joined(separator: ", "))."
  }

  private var files: ReportTable {
    let first = SynthesisFolder.name(of: 0)
    let rows =
      [
        ["\(first)/\(recipe.picture(0)) …", "pictures"],
        [
          "\(first)/faces.jsonl",
          "one line per picture: 68 landmarks, pose, scene parameters",
        ],
      ]
      + (recipe.masks ? [["\(first)/masks", "face masks: coverage of each pixel (8 bits)"]] : [])
      + (recipe.depth ? [["\(first)/depth", "depth maps in millimeters (16 bits)"]] : [])
      + (recipe.isSequence
        ? [["\(first).json", "the clip's blinks, heartbeats and camera"]] : [])
      + (recipe.video ? [["\(first).mp4", "the clip as a video"]] : [])
      + [["synthesis.json", "the recipe"]]
    return ReportTable(["file", "content"], rows)
  }

  private var settings: ReportTable {
    let about = recipe.about.isEmpty ? [] : [SettingChoice("about", recipe.about)]
    return (about + recipe.choices).table
  }

  private var command: String {
    let request = try? SynthesisRequest(recipe, out: folder.path + "-repeat")
    return (request ?? SynthesisRequest()).shown()
  }
}
