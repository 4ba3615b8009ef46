import Engine
import Faces
import Foundation

/// Named features, standardized, and a logistic regression or a small network on them.
struct FeatureClassifier: Equatable, Sendable {
  let names: [String]
  private let standardizer: Standardizer
  private let boundary: Boundary

  private enum Boundary: Equatable, Sendable {
    case plane(LinearModel)
    case network(FeatureNetwork)

    func logit(of features: [Double]) -> Double {
      switch self {
      case .plane(let plane): plane.scores(of: FeatureMatrix(rows: [features]))[0]
      case .network(let network): network.logit(of: features)
      }
    }
  }

  /// The fewest samples of each class to learn from, and to learn limits of verdicts from.
  static let (fewest, fewestValidated) = (4, 2)

  /// Learns a logistic regression from samples of both classes, a row each.
  init(names: [String], rows: [[Double]], labels: [Label]) throws(DetectionError) {
    let samples = FeatureMatrix(rows: rows)
    precondition(samples.columns == names.count, "\(samples.columns) features")
    let standardizer = Standardizer(of: samples)
    let plane = try LogisticRegression(isBalanced: true)
      .model(of: standardizer(samples), labels: labels)
    (self.names, self.standardizer, boundary) = (names, standardizer, .plane(plane))
  }

  /// Learns a logistic regression and a network, and keeps the network where it ranks the samples to
  /// validate on better.
  init(
    names: [String], rows: [[Double]], labels: [Label], validation: [[Double]],
    validationLabels: [Label], seed: UInt64
  ) throws(DetectionError) {
    let plain = try FeatureClassifier(names: names, rows: rows, labels: labels)
    let samples = plain.standardizer(FeatureMatrix(rows: rows))
    let network = FeatureClassifier(
      names: names, standardizer: plain.standardizer,
      boundary: .network(try FeatureNetwork(of: samples, labels: labels, seed: seed)))
    func area(_ classifier: FeatureClassifier) -> Double {
      let scored = ScoredSamples<Frames>(
        logits: validation.map(classifier.logit), labels: validationLabels,
        groups: [String](repeating: "", count: validation.count))
      return RankedSamples(scored, threshold: 0.5).values(weights: [1])[.rocAUC] ?? 0
    }
    self = area(network) > area(plain) ? network : plain
  }

  private init(names: [String], standardizer: Standardizer, boundary: Boundary) {
    (self.names, self.standardizer, self.boundary) = (names, standardizer, boundary)
  }

  /// Above 0 for fake.
  func logit(of features: [Double]) -> Double { boundary.logit(of: standardized(features)) }

  /// How much each feature raises the logit over that with the feature of the mean training sample.
  func contributions(of features: [Double]) -> [Double] {
    let values = standardized(features)
    let logit = boundary.logit(of: values)
    return values.indices.map { index in
      var other = values
      other[index] = 0
      return logit - boundary.logit(of: other)
    }
  }

  private func standardized(_ features: [Double]) -> [Double] {
    standardizer(FeatureMatrix(rows: [features])).values
  }

  var tensors: [(name: String, tensor: Tensor)] {
    var tensors = [
      ("standardizer.mean", standardizer.means),
      ("standardizer.deviation", standardizer.deviations),
    ].map { (name: $0, tensor: Tensor(shape: [$1.count], values: $1.map(Float.init))) }
    switch boundary {
    case .plane(let plane):
      tensors += [("weight", plane.weights), ("intercept", [plane.intercept])]
        .map { (name: $0, tensor: Tensor(shape: [$1.count], values: $1.map(Float.init))) }
    case .network(let network): tensors += network.tensors
    }
    return tensors
  }

  /// The features, so that a file of other features is refused, and the kind of classifier.
  var metadata: [String: String] {
    let kind =
      switch boundary {
      case .plane: FeatureClassifier.regression
      case .network: FeatureClassifier.network
      }
    return ["features": FeatureClassifier.text(names), "classifier": kind]
  }

  private static let (regression, network) = ("logistic regression", "network")

  private static func text(_ names: [String]) -> String { names.joined(separator: "; ") }

  /// The classifier of a file; its logits are the same to the last bit.
  ///
  /// - Parameter features: what the program measures.
  init(_ file: CheckpointFile, features: [String]) throws(DetectionError) {
    func broken(_ reason: String) -> DetectionError {
      .unusableDetector(path: file.path, reason: reason)
    }
    guard file.metadata["features"] == FeatureClassifier.text(features) else {
      throw broken("it was trained on other features than this version of dflab measures")
    }
    func numbers(_ name: String, _ count: Int) throws(EngineError) -> [Double] {
      let values = try file.tensor(name, shape: [count]).values
      guard values.allSatisfy(\.isFinite) else {
        throw .mismatchedCheckpoint(path: file.path, reason: "'\(name)' is not finite")
      }
      return values.map(Double.init)
    }
    names = features
    do throws(EngineError) {
      let deviations = try numbers("standardizer.deviation", features.count)
      guard deviations.allSatisfy({ $0 > 0 }) else {
        throw EngineError.mismatchedCheckpoint(
          path: file.path, reason: "'standardizer.deviation' is not above 0")
      }
      standardizer = Standardizer(
        means: try numbers("standardizer.mean", features.count), deviations: deviations)
      switch file.metadata["classifier"] {
      case FeatureClassifier.regression:
        boundary = .plane(
          LinearModel(
            weights: try numbers("weight", features.count),
            intercept: try numbers("intercept", 1)[0]))
      case FeatureClassifier.network:
        boundary = .network(try FeatureNetwork(file, features: features.count))
      default:
        throw EngineError.mismatchedCheckpoint(path: file.path, reason: "unknown classifier")
      }
    } catch {
      throw broken(DetectorText.reason(error))
    }
  }
}
