import Engine
import Foundation
import Records

/// `settings.json` of a search.
struct SearchRecord: Codable, Equatable {
  /// The command of the run.
  var command = SearchRequest.command
  /// The version of dflab in the last session.
  var version = Program.version
  var recipe: SearchRecipe
  /// The dataset, from the root.
  var data: String
  /// The SHA-256 of the dataset's manifest.
  var manifest: String
  /// The number of threads of the last session; other numbers change the last bits of the weights.
  var threads = ThreadPool.threads

  /// The settings at `path`; nil if there is no file.
  static func read(at path: String) throws -> SearchRecord? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let record = try? JSONDecoder().decode(SearchRecord.self, from: data),
      record.command == SearchRequest.command, record.recipe.fault == nil
    else {
      throw RecordsError.unreadable(path: path, reason: "not the settings of a search")
    }
    return record
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }

  /// Throws if a search would be resumed with another recipe or dataset.
  func requireSame(_ asked: SearchRecord, run: String) throws(RecordsError) {
    if recipe != asked.recipe {
      throw .differentSetting(
        run: run, setting: "a recipe", has: "as in recipe.json", asked: "another one")
    }
    try [SettingChoice("a dataset with SHA-256", manifest)].requireSame(
      [SettingChoice("a dataset with SHA-256", asked.manifest)], run: run)
  }
}
