public import Detection
import Engine

/// Cross-validates the four classifiers of the spectrum detector on a table of features.
///
/// Features are taken as they stand. The RBF machine has the C of 6.37 and the γ of 0.86 of the paper
/// that such tables were published with (Durall and others 2019), the others have scikit-learn's
/// defaults. Nothing is chosen on the table.
public struct TableCrossValidation: Codable, Equatable, Sendable {
  /// The file.
  public let path: String
  /// How many samples are real and fake.
  public let balance: ClassBalance
  /// How many features a sample has.
  public let features: Int
  /// The random seed of the folds.
  public let seed: UInt64
  /// One for each classifier.
  public let classifiers: [CrossValidation]
  /// A warning about accuracy; nil where the classes are balanced.
  public let warning: String?

  /// The classifiers and their settings.
  static let candidates: [SpectrumClassifier] = [
    .machine(SupportVectorMachine(kernel: .linear)),
    .machine(SupportVectorMachine(kernel: .radial(gamma: .value(0.86)), cost: 6.37)),
    .machine(
      SupportVectorMachine(
        kernel: .polynomial(degree: 3, gamma: .scale(), coefficient: 0))),
    .regression(LogisticRegression()),
  ]

  /// Learns from a table that was read.
  ///
  /// - Parameters:
  ///   - path: where it lies.
  ///   - folds: at least 2; each class needs as many samples.
  ///   - seed: the random seed of the folds.
  init(
    of table: FeatureTable, at path: String, folds: Int, seed: UInt64
  ) throws(DetectionError) {
    let division = try Folds(
      of: table.labels, count: folds, randomness: RandomSource(seed: seed))
    var classifiers: [CrossValidation] = []
    for candidate in TableCrossValidation.candidates {
      classifiers.append(
        try CrossValidation(
          of: candidate, on: table.features, labels: table.labels, division: division,
          isStandardized: false))
    }
    self.path = path
    balance = ClassBalance(of: table.labels)
    features = table.features.columns
    self.seed = seed
    self.classifiers = classifiers
    warning = balance.warning
  }
}
