import Engine
import Faces
import Foundation
import Records

/// The folder of a rendering: one face set per person, and the recipe.
struct SynthesisFolder {
  /// The folder, from the root.
  let path: String

  /// The record of a rendering, for resuming it.
  struct Record: Codable, Equatable {
    /// The command of the folder.
    var command = "faces synthesize"
    /// The program's name and version.
    var program = Program.name
    var recipe: SynthesisRecipe
  }

  /// The face set of a person, from 0.
  func person(_ number: Int) -> String { "\(path)/\(SynthesisFolder.name(of: number))" }
  /// The video of a person's sequence.
  func video(_ number: Int) -> String { person(number) + ".mp4" }
  /// The contact sheet, with a row per person.
  var sheet: String { "\(path)/sheet.png" }
  /// The record.
  var note: String { "\(path)/synthesis.json" }

  /// The name of a person's face set: `p001` is the first.
  static func name(of person: Int) -> String { "p" + NumberText.padded(person + 1, to: 3) }

  /// Throws if the folder holds anything but a rendering that `recipe` can resume.
  func check(_ recipe: SynthesisRecipe) throws {
    let found = try RunFolder.things(in: path)
    guard !found.isEmpty else { return }
    guard let record else {
      throw WorkflowError.folderInTheWay(
        path: path, reason: "it contains other files, such as '\(found[0])'")
    }
    if record.program != Program.name {
      throw WorkflowError.folderInTheWay(path: path, reason: "it was rendered by \(record.program)")
    }
    if let difference = record.recipe.difference(to: recipe) {
      throw WorkflowError.folderInTheWay(path: path, reason: difference)
    }
  }

  /// Removes the people that this command rendered; throws for others.
  func clear(_ recipe: SynthesisRecipe) throws {
    let people = max(recipe.people, record?.recipe.people ?? 0)
    let pages = ReportPage.files.map { "\(path)/\($0)" }
    let own = (0..<people).flatMap { [person($0), video($0), person($0) + ".json"] }
    let old = (own + [sheet, note] + pages).filter(FileKind.isThere)
    if record == nil, let first = old.first {
      throw WorkflowError.otherThings(path: path, name: (first as NSString).lastPathComponent)
    }
    for path in old { try RunFolder.remove(path) }
  }

  /// Writes the record.
  func write(_ recipe: SynthesisRecipe) throws {
    try WholeFile.write(try JSONText.pretty(Record(recipe: recipe)), to: note)
  }

  /// The record; nil if there is none.
  var record: Record? {
    FileManager.default.contents(atPath: note).flatMap {
      try? JSONDecoder().decode(Record.self, from: $0)
    }
  }
}

extension SynthesisRecipe {
  /// The reason why pictures of this recipe cannot be resumed with another one; nil if they can.
  ///
  /// More people and more pictures leave existing ones unchanged.
  fileprivate func difference(to other: SynthesisRecipe) -> String? {
    func fewer(_ option: String, _ value: KeyPath<SynthesisRecipe, Int>) -> String? {
      let (has, asked) = (self[keyPath: value], other[keyPath: value])
      return has <= asked ? nil : "it was created with \(option) \(has), more than \(asked)"
    }
    var same = other
    (same.people, same.count) = (people, count)
    return choices.difference(to: same.choices)?.reason ?? fewer("--people", \.people)
      ?? fewer("--count", \.count)
  }
}
