import Detection
import Engine
import Faces
import Foundation
import Media
import Records

/// ROC AUC of shortcut baselines on a labeled dataset: classifiers that see no face.
public struct AuditReport: Codable, Equatable, Sendable {
  /// One shortcut baseline.
  public struct Baseline: Codable, Equatable, Sendable {
    /// What the classifier sees, such as "file size".
    public let name: String
    /// ROC AUC on identities that the classifier was not trained on.
    public let auc: Double
    /// The 95 % interval over identities; nil if unknown.
    public let low, high: Double?
    /// True within `tolerance` of 0.5.
    public let isAtChance: Bool
  }

  /// The highest ROC AUC first; empty where the audit was not possible.
  public let baselines: [Baseline]
  /// The number of samples.
  public let samples: Int
  /// The reason why there are no baselines; nil if there are.
  public let reason: String?

  /// The accepted deviation of an AUC from 0.5, in either direction.
  public static let tolerance = 0.03
  /// Where a baseline at chance lies, to be read inside a sentence.
  static let chance = "within \(NumberText.fixed(tolerance, 2)) of chance (ROC AUC 0.5)"
  /// The maximum number of samples, evenly spread over the dataset.
  static let most = 8192

  /// The baselines that predict the label.
  public var leaks: [Baseline] { baselines.filter { !$0.isAtChance } }
}

extension AuditReport {
  /// Trains and tests the baselines on a dataset.
  ///
  /// Each is a logistic regression on standardized features, cross-validated over identities.
  init(of set: LabeledDataset) throws {
    let count = min(AuditReport.most, set.samples.count)
    let chosen = (0..<count).map { $0 * set.samples.count / count }
    let hasClips = set.samples.contains(where: \.isClip)
    let features = try ThreadPool.map(count) { index in
      Result {
        let pictures = try set.samples[chosen[index]].files.map { file in
          let path = FolderListing.path(of: file.path, in: set.path)
          let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
          return (bytes, try Image(decoding: bytes, name: path))
        }
        let first = ShortcutFeatures(file: pictures[0].0, image: pictures[0].1).vectors
        return hasClips ? first.merging(ClipShortcuts(pictures).vectors) { $1 } : first
      }
    }.map { try $0.get() }
    let (groups, labels) = (set.groups, chosen.map { set.samples[$0].label })
    let columns = Dictionary(
      uniqueKeysWithValues: (features.first ?? [:]).keys.map { name in
        (name, features.map { $0[name] ?? [] })
      })
    let people = Set(chosen.map { groups[$0] }).count
    samples = count
    do {
      let audit = try ShortcutAudit(
        features: columns, labels: labels, groups: chosen.map { String(groups[$0]) },
        folds: max(2, min(5, people)))
      baselines = audit.findings.compactMap(Baseline.init)
      reason = nil
    } catch {
      (baselines, reason) = ([], error.description)
    }
  }

  /// Writes the report.
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

extension AuditReport.Baseline {
  /// What an audit found; nil where the area is not defined.
  fileprivate init?(_ finding: ShortcutAudit.Finding) {
    guard let auc = finding.auc.value else { return nil }
    name = finding.shortcut
    self.auc = auc
    (low, high) = (finding.auc.interval?.low, finding.auc.interval?.high)
    isAtChance = abs(auc - 0.5) <= AuditReport.tolerance
  }
}
