import Detection
import Faces
import Foundation
public import Records

/// The samples that the detectors of a training or an evaluation called wrong.
public struct MistakeList: Sendable {
  /// A misclassified sample.
  public struct Mistake: Encodable, Equatable, Sendable {
    /// The picture, below the dataset's folder.
    public let path: String
    /// The forgery method, or `real`.
    public let method: String
    /// How fake it is, 0…1.
    public let score: Double
  }

  /// The samples of one kind, with the mistakes among them, the largest error first.
  public struct Side: Equatable, Sendable {
    /// How many samples were scored.
    public let samples: Int
    public let mistakes: [Mistake]
  }

  /// A detector on a dataset.
  public struct Test: Sendable {
    /// The folder of the dataset, below the workspace or from the root.
    public let dataset: String
    public let detector: String
    /// The score at and above which a sample counts as fake.
    public let threshold: Double
    fileprivate let scored: [SampleScore]
  }

  /// In the order of the results.
  public let tests: [Test]
  /// Whether all mistakes are known; earlier versions stored the largest ones alone.
  public let isComplete: Bool

  /// Whether a run has results of detectors.
  public static func isThere(in folder: String) -> Bool {
    (try? results(in: folder))??.isEmpty == false
  }

  /// The mistakes of a run; nil where it tested no detectors.
  ///
  /// - Parameter folder: that of the run.
  public init?(reading folder: String, in workspace: Workspace) throws {
    guard let results = try MistakeList.results(in: folder) else { return nil }
    let scores = try SampleScore.read(in: folder)
    isComplete = scores != nil
    let bySet = Dictionary(grouping: scores ?? []) { ($0.dataset as NSString).lastPathComponent }
    tests = results.map { dataset, metrics in
      let (name, key) = ((dataset as NSString).lastPathComponent, metrics.model ?? metrics.name)
      let known = bySet[name]?.filter { $0.scores[key] != nil }
      let kept = metrics.mistakes.map {
        SampleScore(
          dataset: dataset, path: $0.path, label: $0.label, method: $0.method,
          scores: [key: $0.score])
      }
      let folder = known?.first?.dataset ?? dataset
      return Test(
        dataset: folder.hasPrefix("/") ? workspace.relative(folder) : folder, detector: key,
        threshold: metrics.threshold, scored: known ?? kept)
    }
  }

  /// The detectors' metrics with the name or folder of their dataset; nil where there are none.
  private static func results(
    in folder: String
  ) throws -> [(dataset: String, metrics: DetectorMetrics)]? {
    let path = "\(folder)/results.json"
    if let trained = (try? DetectResults.read(at: path)) ?? nil {
      return trained.detectors.map { (trained.data, $0) }
    }
    guard RunReport.command(at: "\(folder)/settings.json") == nil,
      let evaluated = try EvaluateResults.read(at: path)
    else { return nil }
    return evaluated.sets.flatMap { set in
      set.detectors.map { ("Datasets/\(set.name)", $0) }
    }
  }
}

extension MistakeList.Test {
  /// The forgery methods of the scored fakes.
  public var methods: [String] {
    Set(scored.filter { $0.label == .fake }.map(\.method)).sorted()
  }

  /// The real samples, and those of them that were called fake.
  public var falsePositives: MistakeList.Side { side(.real, method: nil) }

  /// The fakes, and those of them that were called real.
  ///
  /// - Parameter method: nil for all.
  public func falseNegatives(by method: String?) -> MistakeList.Side { side(.fake, method: method) }

  private func side(_ label: Label, method: String?) -> MistakeList.Side {
    let own = scored.filter { $0.label == label && (method == nil || $0.method == method) }
    let mistakes = own.compactMap { sample -> MistakeList.Mistake? in
      guard let score = sample.scores[detector], (score >= threshold) != (label == .fake) else {
        return nil
      }
      return MistakeList.Mistake(path: sample.path, method: sample.method, score: score)
    }
    return MistakeList.Side(
      samples: own.count,
      mistakes: mistakes.sorted { one, other in
        one.score == other.score
          ? one.path < other.path
          : label == .real ? one.score > other.score : one.score < other.score
      })
  }
}
