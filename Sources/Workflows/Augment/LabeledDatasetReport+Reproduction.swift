import Faces
import Foundation
import Generation
import Records

extension LabeledDatasetReport {
  /// The settings that determine every byte of the dataset.
  static func table(of settings: AugmentSettings) -> ReportTable {
    let recipe = settings.recipe
    let weights = recipe.methods.methods.map { "\($0.name) \(recipe.methods[$0])" }
    func hashes(_ kind: String, _ all: [String: String]) -> [[String]] {
      all.sorted { $0.key < $1.key }.map { ["\(kind) \($0)", "SHA-256 \($1.prefix(16))…"] }
    }
    let rows =
      [
        ["--count", "\(settings.count)"], ["--split", settings.split.description],
        ["--fake-ratio", "\(settings.fakeRatio)"], ["--seed", "\(settings.seed)"],
        ["--size", "\(settings.size)"], ["method weights", weights.joined(separator: ", ")],
      ] + hashes("face set", settings.faces) + hashes("swap model", settings.models)
    return ReportTable(["setting", "value"], rows)
  }

  /// The command that makes the same dataset.
  func command(_ settings: AugmentSettings) -> String {
    let models = settings.models.isEmpty ? ["none"] : settings.models.keys.sorted()
    let words = [
      "dflab augment --name \((set.path as NSString).lastPathComponent)-repeat",
      "--faces \(sources(settings).map(ShellWord.quoted).joined(separator: " "))",
      "--models \(models.map(ShellWord.quoted).joined(separator: " "))",
      "--count \(settings.count) --split \(settings.split.description)",
      "--fake-ratio \(settings.fakeRatio) --seed \(settings.seed) --size \(settings.size)",
    ]
    return (words + (settings.recipe == AugmentRecipe() ? [] : ["--recipe recipe.json"]))
      .joined(separator: " ")
  }

  /// The face sets, or the folders that hold these and no others.
  private func sources(_ settings: AugmentSettings) -> [String] {
    let home = (set.path as NSString).deletingLastPathComponent
    let names = settings.faces.keys.sorted()
    let groups = Dictionary(grouping: names) { name in
      name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }
    return groups.sorted { $0.key < $1.key }.flatMap { folder, names in
      let inside = (try? SourceSet.sets(in: "\(home)/\(folder)", nil)) ?? []
      let isWhole =
        !folder.isEmpty
        && Set(inside.map(\.path)) == Set(names.map { Workspace.absolute("\(home)/\($0)") })
      return (isWhole ? [folder] : names).map {
        Workspace.isFolder("\(home)/\($0)") ? "Datasets/\($0)" : $0
      }
    }
  }

  /// What a repetition has in common with the dataset.
  static func reproduction(_ settings: AugmentSettings) -> String {
    let recipe =
      settings.recipe == AugmentRecipe()
      ? "" : "Save the value of settings.recipe in augment.json as recipe.json. "
    return recipe
      + "The same face sets and models give the same bytes, with any number of threads."
  }
}
