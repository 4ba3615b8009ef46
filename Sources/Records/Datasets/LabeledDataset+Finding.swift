public import Faces
import Foundation

extension LabeledDataset {
  /// The folder of a labeled dataset: the named one, or the newest that is neither a step of a
  /// duel nor a shard.
  ///
  /// - Parameter note: receives a message about a newer dataset that is skipped.
  public static func path(
    of name: String?, workspace: String?, note: (String) -> Void = { _ in }
  ) throws -> String {
    if let name, LabeledDataset.isManifested(name) { return Workspace.absolute(name) }
    let workspace = try Workspace(named: workspace)
    let all = try RunFolder.names(in: "\(workspace.path)/Datasets")
    let sets = all.filter {
      LabeledDataset.isManifested(workspace.datasets(of: $0))
    }
    guard let name else {
      let parts = try DuelStepNames(in: workspace)
      let dated = sets.map { (name: $0, date: date(workspace.datasets(of: $0))) }
      let own = dated.filter {
        parts.duel(of: $0.name) == nil
          && !ShardRecord.isThere(in: workspace.datasets(of: $0.name))
      }
      guard let newest = own.max(by: { $0.date < $1.date }) else {
        throw sets.first.map { RecordsError.labeledSetsOfDuels(example: $0) }
          ?? .noLabeledSet(name: "augmented", known: [])
      }
      if let last = dated.max(by: { $0.date < $1.date }), let duel = parts.duel(of: last.name) {
        note(
          "Ignoring the newest labeled dataset, '\(last.name)', a step of the duel '\(duel)'. Use "
            + "--data to select it.")
      }
      return workspace.datasets(of: newest.name)
    }
    guard sets.contains(name) else { throw RecordsError.noLabeledSet(name: name, known: sets) }
    return workspace.datasets(of: name)
  }

  private static func date(_ path: String) -> Date {
    let manifest = "\(path)/\(LabeledDataset.manifestName)"
    let date = try? FileManager.default.attributesOfItem(atPath: manifest)[.modificationDate]
    return date as? Date ?? .distantPast
  }
}
