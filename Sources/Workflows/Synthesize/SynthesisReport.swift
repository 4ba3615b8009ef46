import Faces
import Foundation
import Records

/// The page about people who were rendered.
struct SynthesisReport {
  let folder: SynthesisFolder
  let record: SynthesisFolder.Record
  let survey: SynthesisStatistics
  let sheet: ReportPicture?

  /// The report that a folder's files allow; nil where the folder holds no rendering.
  init?(reading path: String) throws {
    folder = SynthesisFolder(path: path)
    guard RunReport.command(at: folder.note) == "faces synthesize", let record = folder.record
    else {
      return nil
    }
    self.record = record
    survey = try SynthesisStatistics(of: folder, people: record.recipe.people)
    guard survey.pictures >= record.recipe.pictures else {
      throw RecordsError.nothingToReport(
        name: (path as NSString).lastPathComponent,
        reason: "its rendering is unfinished. Rerun 'dflab faces synthesize' to resume it")
    }
    sheet = try ReportPicture("sheet.png", "Some pictures of each of the first people.", in: path)
  }

  var page: ReportPage {
    var blocks: [ReportPage.Block] = [.paragraph(about)]
    if let sheet { blocks.append(.picture(sheet)) }
    blocks += [.heading("Who they are"), .table(people), .paragraph(SynthesisReport.scales)]
    blocks += [.heading("What was drawn"), .table(survey.ranges), .paragraph(backdrops)]
    blocks += [.heading("What lies there"), .table(things)]
    blocks += [.heading("Settings"), .table(settings)]
    blocks += [.heading("Again"), .command(command)]
    blocks += [.paragraph("This gives the same pictures, to the bit, whatever --threads says.")]
    return ReportPage("Synthetic people \((folder.path as NSString).lastPathComponent)", blocks)
  }

  private var recipe: Recipe { record.recipe }
  private var size: String { "\(recipe.size)×\(recipe.size)" }

  private var about: String {
    let people = recipe.people == 1 ? "One person who does" : "\(recipe.people) people who do"
    let moments =
      recipe.sequence ? "the frames of one clip each, 25 a second" : "moments of many short clips"
    return """
      \(people) not exist: \(recipe.pictures) pictures of \(size) pixels, \(moments). They were \
      rendered from numbers, without a model or a picture of anybody, and every picture says so \
      in its metadata. Made by \(record.program).
      """
  }

  private static let scales = """
    Age, melanin and the beard's density go from 0 to 1. The rest of each person's numbers stands in \
    faces.jsonl.
    """

  private var people: ReportTable {
    let most = 40
    let rows = survey.people.prefix(most).map { person in
      let looks = person.identity
      return [person.name, "\(person.pictures)", MetricTables.number(Double(looks.age), 2)]
        + [looks.skinMelanin, looks.hairMelanin].map { MetricTables.number(Double($0), 2) }
        + [
          looks.hair.rawValue,
          looks.beard == .none
            ? "none"
            : "\(looks.beard.rawValue), \(MetricTables.number(Double(looks.beardDensity), 2))",
          looks.glasses.rawValue,
        ]
    }
    let columns = [
      "person", "pictures", "age", "melanin of the skin", "of the hair", "hair", "beard", "glasses",
    ]
    let rest = survey.people.count - most
    let more =
      rest > 0 ? [["and \(rest) more"] + columns.dropFirst().map { _ in "–" }] : []
    return ReportTable(columns, rows + more)
  }

  private var backdrops: String {
    let shares = survey.backdrops.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
      "\(kind.rawValue) \(MetricTables.number(100 * Double(count) / Double(survey.pictures), 0)) %"
    }
    return "Behind the heads: \(shares.joined(separator: ", "))."
  }

  private var things: ReportTable {
    let first = SynthesisFolder.name(of: 0)
    let rows =
      [
        ["\(first)/\(SynthesisPerson.picture(0)) …", "the pictures, as a camera would write them"],
        [
          "\(first)/faces.jsonl",
          "a line a picture: 68 landmarks, pose, and all numbers of the scene",
        ],
      ]
      + (recipe.masks ? [["\(first)/masks", "how much of each pixel is face (8 bits)"]] : [])
      + (recipe.depth ? [["\(first)/depth", "the distance in millimeters (16 bits)"]] : [])
      + [["synthesis.json", "the recipe, by which the same command goes on"]]
    return ReportTable(["file", "what it holds"], rows)
  }

  private var settings: ReportTable {
    ReportTable(
      ["setting", "value"],
      (recipe.about.map { [["about", $0]] } ?? [])
        + options.map { [$0.name, $0.value ?? "yes"] })
  }

  /// The recipe as options; a value that is nil is a flag.
  private var options: [(name: String, value: String?)] {
    let numbers: [(String, String?)] = [
      ("--people", "\(recipe.people)"), ("--count", "\(recipe.count)"),
      ("--seed", "\(recipe.seed)"), ("--size", "\(recipe.size)"), ("--yaw", "\(recipe.yaw)"),
      ("--pitch", "\(recipe.pitch)"), ("--roll", "\(recipe.roll)"),
    ]
    let flags = [
      ("--sequence", recipe.sequence), ("--no-masks", !recipe.masks), ("--no-depth", !recipe.depth),
    ]
    return numbers + flags.filter(\.1).map { ($0.0, nil) }
  }

  private var command: String {
    let words = options.map { [$0.name, $0.value].compactMap(\.self).joined(separator: " ") }
    return
      (["dflab faces synthesize"] + words + ["--out \(ShellWord.quoted(folder.path + "-again"))"])
      .joined(separator: " ")
  }
}
