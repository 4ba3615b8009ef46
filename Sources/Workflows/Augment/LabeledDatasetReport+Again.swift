import Faces
import Foundation
import Generation
import Records

extension LabeledDatasetReport {
  /// What decided every byte of the set.
  static func table(of settings: AugmentSettings) -> ReportTable {
    let recipe = settings.recipe
    let weights = recipe.mixed.map { "\($0.rawValue) \(recipe.methods[$0])" }
    func hashes(_ kind: String, _ all: [String: String]) -> [[String]] {
      all.sorted { $0.key < $1.key }.map { ["\(kind) \($0)", "SHA-256 \($1.prefix(16))…"] }
    }
    let rows =
      [
        ["--count", "\(settings.count)"], ["--split", settings.split.description],
        ["--fake-ratio", "\(settings.fakeRatio)"], ["--seed", "\(settings.seed)"],
        ["--size", "\(settings.size)"], ["the methods' weights", weights.joined(separator: ", ")],
      ] + hashes("face set", settings.faces) + hashes("swap model", settings.models)
    return ReportTable(["setting", "value"], rows)
  }

  /// The command that makes such a set.
  func command(_ settings: AugmentSettings) -> String {
    let models = settings.models.isEmpty ? ["none"] : settings.models.keys.sorted()
    let words = [
      "dflab augment --name \((set.path as NSString).lastPathComponent)-again",
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

  /// How alike a repetition will be.
  static func again(_ settings: AugmentSettings) -> String {
    let recipe =
      settings.recipe == AugmentRecipe()
      ? "" : "recipe.json is what stands under settings.recipe in augment.json. "
    return recipe
      + "The same faces and models give the same pictures, to the bit, whatever --threads says."
  }
}
