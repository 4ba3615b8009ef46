import Engine
import Faces
import Foundation

/// A labeled set as `dflab datasets show` tells of it.
public struct LabeledDatasetSummary: Encodable, Equatable, Sendable {
  /// The folder, from the root.
  public let folder: String
  /// How many pictures.
  public let pictures: Int
  /// Pictures by method and split.
  public let methods: [Row]
  /// How many people, and clips, are in each split.
  public let people, clips: [String: Int]
  /// What classifiers that see no face can tell; nil where nobody has looked.
  public let audit: AuditReport?
  /// The pictures by method.
  public let sheet: String
  /// What could not be used; each a sentence.
  public let notes: [String]

  /// How many pictures of one method each split has.
  public struct Row: Encodable, Equatable, Sendable {
    /// The method.
    public let method: String
    /// By the split's name.
    public let splits: [String: Int]
  }

  /// Reads the set, and draws its sheet.
  ///
  /// - Parameters:
  ///   - name: a name below the workspace's `Datasets`, or a folder; nil for the newest set.
  ///   - sheet: the file of the sheet; nil for `sheet.png` in the set.
  public init(of name: String?, workspace: String?, sheet: String? = nil) throws {
    let path = try LabeledDatasetSummary.path(of: name, workspace: workspace)
    let set = try LabeledDataset(reading: path)
    let sheet = sheet ?? AugmentFolder(path: path).sheet
    try LabeledDatasetSheet(set).write(to: sheet)
    self.init(of: set, sheet: sheet)
  }

  /// Counts what a set holds.
  ///
  /// - Parameter sheet: where its sheet is.
  init(of set: LabeledDataset, sheet: String) {
    (folder, self.sheet) = (set.path, sheet)
    pictures = set.samples.count
    methods = LabeledDatasetSheet.methods(of: set).map { method in
      let own = set.samples.filter { $0.method == method }
      return Row(method: method, splits: LabeledDatasetSummary.counts(own, \.count))
    }
    people = LabeledDatasetSummary.counts(set.samples) { Set($0.flatMap(\.identities)).count }
    clips = LabeledDatasetSummary.counts(set.samples) { Set($0.flatMap(\.clips)).count }
    audit = AuditReport(reading: AugmentFolder(path: set.path).audit)
    notes = set.skipped.map(\.description)
  }

  private static func counts(_ samples: [Sample], _ count: ([Sample]) -> Int) -> [String: Int] {
    Dictionary(grouping: samples) { $0.split.rawValue }.mapValues(count)
  }

  /// The folder of a labeled set: the named one, or the newest that is no step of a duel.
  ///
  /// - Parameter note: is told, in a sentence, of a newer one that is left out.
  static func path(
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
      let own = dated.filter { parts.duel(of: $0.name) == nil }
      guard let newest = own.max(by: { $0.date < $1.date }) else {
        throw sets.first.map { LabError.labeledSetsOfDuels(example: $0) }
          ?? .noLabeledSet(name: "augmented", known: [])
      }
      if let last = dated.max(by: { $0.date < $1.date }), let duel = parts.duel(of: last.name) {
        note(
          "The newest labeled set, '\(last.name)', is a step of the duel '\(duel)' and left out; "
            + "--data takes it by its name.")
      }
      return workspace.datasets(of: newest.name)
    }
    guard sets.contains(name) else { throw LabError.noLabeledSet(name: name, known: sets) }
    return workspace.datasets(of: name)
  }

  private static func date(_ path: String) -> Date {
    let manifest = "\(path)/\(LabeledDataset.manifestName)"
    let date = try? FileManager.default.attributesOfItem(atPath: manifest)[.modificationDate]
    return date as? Date ?? .distantPast
  }
}
