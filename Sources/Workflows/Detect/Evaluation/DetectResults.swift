public import Detection
import Engine
import Faces
import Foundation
import Records

/// `results.json` of a detector training.
public struct DetectResults: Codable, Sendable {
  /// The run's name.
  public let run: String
  /// The program that wrote it.
  public let program: String
  /// The labeled set.
  public let data: String
  /// The command that repeats it.
  public let command: String
  /// What the set holds, by split.
  public let splits: [String: Part]
  /// The metrics on the test split, which was scored once; the ensemble comes last.
  public let detectors: [DetectorMetrics]
  /// The first detector's ROC AUC minus that of each other.
  public let differences: [String: PairedDifference<Frames>]
  /// The shortcut baselines.
  public let audit: AuditReport
  /// The reliability diagram on the validation split, by detector.
  public let validation: [String: [ReliabilityBin]]
  /// What verdicts on the detectors' mean score rest on; nil for one detector.
  public let ensemble: VerdictBasis?
  /// The sharpness contrast of real validation faces; nil without landmarks.
  public let sharpness: RealBand?
  /// The training log of the networks.
  let log: [DetectLog.Line]

  /// What a split holds.
  public struct Part: Codable, Equatable, Sendable {
    public let real, fake, identities, clips: Int
  }

  init(
    run: String, command: String, set: LabeledDataset, detectors: [DetectorMetrics],
    differences: [String: PairedDifference<Frames>], audit: AuditReport,
    validation: [String: [ReliabilityBin]], ensemble: VerdictBasis?, sharpness: RealBand?,
    log: [DetectLog.Line]
  ) {
    (self.run, self.command, self.detectors) = (run, command, detectors)
    (self.differences, self.audit, self.log) = (differences, audit, log)
    (self.validation, self.ensemble, self.sharpness) = (validation, ensemble, sharpness)
    program = Program.name
    data = set.path
    splits = Dictionary(
      uniqueKeysWithValues: Split.allCases.map { split in
        let samples = set.samples(in: split)
        let part = Part(
          real: samples.count { $0.label == .real }, fake: samples.count { $0.label == .fake },
          identities: Set(samples.flatMap(\.identities)).count,
          clips: Set(samples.flatMap(\.clips)).count)
        return (split.rawValue, part)
      })
  }

  /// The results at `path`; nil if there are none.
  static func read(at path: String) throws -> DetectResults? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let results = try? JSONDecoder().decode(DetectResults.self, from: data),
      !results.detectors.isEmpty
    else {
      throw RecordsError.unreadable(path: path, reason: "not the results of detectors")
    }
    return results
  }

  /// The results of the one run that has trained all of some detectors; nil where there is none.
  static func ofTraining(
    _ models: [StoredDetector], in workspace: Workspace
  ) throws -> DetectResults? {
    let runs = Set(models.map(\.run))
    guard let run = runs.first, runs.count == 1, !models.contains(where: \.isCarried) else {
      return nil
    }
    return try read(at: RunFolder(name: run, in: workspace).results)
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }
}
