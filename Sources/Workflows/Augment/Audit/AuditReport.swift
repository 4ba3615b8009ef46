import Detection
import Engine
import Faces
import Foundation
import Media
import Records

/// What classifiers that see no face can tell about the labels of a set.
public struct AuditReport: Codable, Equatable, Sendable {
  /// One way to cheat, and how far it gets.
  public struct Shortcut: Codable, Equatable, Sendable {
    /// Such as "file size".
    public let name: String
    /// The area under the ROC curve on people that the classifier has not learned from.
    public let auc: Double
    /// Where it would lie in 95 of 100 sets of other people; nil where that is not known.
    public let low, high: Double?
    /// True within three points of chance.
    public let isClosed: Bool
  }

  /// The most telling first; empty where the audit was not possible.
  public let shortcuts: [Shortcut]
  /// How many pictures were looked at.
  public let pictures: Int
  /// Why there are no figures; nil where there are.
  public let reason: String?

  /// How far from 0.5 an area may lie, either way.
  public static let tolerance = 0.03
  /// At most as many pictures are looked at, evenly spread.
  static let most = 8192

  /// The shortcuts that are open.
  public var open: [Shortcut] { shortcuts.filter { !$0.isClosed } }
}

extension AuditReport {
  /// Tries the shortcuts on a set.
  ///
  /// Each is a logistic regression on standardized features, learned on some people and judged on
  /// others.
  init(of set: LabeledDataset) throws {
    let count = min(AuditReport.most, set.samples.count)
    let chosen = (0..<count).map { $0 * set.samples.count / count }
    let features = try ThreadPool.map(count) { index in
      Result {
        let path = set.path(of: set.samples[chosen[index]])
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        return ShortcutFeatures(file: bytes, image: try Image(decoding: bytes, name: path)).vectors
      }
    }.map { try $0.get() }
    let (groups, labels) = (set.groups, chosen.map { set.samples[$0].label })
    let columns = Dictionary(
      uniqueKeysWithValues: (features.first ?? [:]).keys.map { name in
        (name, features.map { $0[name] ?? [] })
      })
    let people = Set(chosen.map { groups[$0] }).count
    pictures = count
    do {
      let audit = try ShortcutAudit(
        features: columns, labels: labels, groups: chosen.map { String(groups[$0]) },
        folds: max(2, min(5, people)))
      shortcuts = audit.findings.compactMap(Shortcut.init)
      reason = nil
    } catch {
      (shortcuts, reason) = ([], error.description)
    }
  }

  /// Keeps the report beside the set.
  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }

  /// The report at `path`; nil if there is none that can be read.
  init?(reading path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let report = try? JSONDecoder().decode(AuditReport.self, from: data)
    else { return nil }
    self = report
  }
}

extension AuditReport.Shortcut {
  /// What an audit found; nil where the area is not defined.
  fileprivate init?(_ finding: ShortcutAudit.Finding) {
    guard let auc = finding.auc.value else { return nil }
    name = finding.shortcut
    self.auc = auc
    (low, high) = (finding.auc.interval?.low, finding.auc.interval?.high)
    isClosed = abs(auc - 0.5) <= AuditReport.tolerance
  }
}
