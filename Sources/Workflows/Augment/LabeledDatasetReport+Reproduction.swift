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
    let choices = [SettingChoice("--count", "\(settings.count)")] + settings.choices
    let rows =
      choices.table.rows + [["method weights", weights.joined(separator: ", ")]]
      + hashes("face set", settings.faces) + hashes("swap model", settings.models)
    return ReportTable(["setting", "value"], rows)
  }

  /// The command that makes the same dataset, whatever else the workspace holds by then.
  func command(_ record: AugmentFolder.Record) -> String {
    let settings = record.settings
    var request = record.request.renamed("\((set.path as NSString).lastPathComponent)-repeat")
    request.faces = sources(settings)
    request.models = settings.models.keys.sorted()
    request.recipe = settings.recipe == AugmentRecipe() ? nil : "recipe.json"
    request.isForced = false
    request.count = settings.count
    return request.shown()
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
