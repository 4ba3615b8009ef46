public import Detection
import Engine

/// Cross-validates the four classifiers of the spectrum detector on a table of features.
///
/// Features are not scaled. The RBF SVM uses C = 6.37 and γ = 0.86 from the paper that introduced
/// such tables (Durall et al. 2019); the others use scikit-learn's defaults. No parameter is tuned
/// on the table.
public struct TableCrossValidation: Codable, Equatable, Sendable {
  /// The path of the file.
  public let path: String
  /// The numbers of real and fake samples.
  public let balance: ClassBalance
  /// The number of features of a sample.
  public let features: Int
  /// The random seed of the folds.
  public let seed: UInt64
  /// The result of each classifier.
  public let classifiers: [CrossValidation]
  /// A warning about accuracy; nil if the classes are balanced.
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

  /// Cross-validates on a table.
  ///
  /// - Parameters:
  ///   - path: the path of the table.
  ///   - folds: at least 2 and at most the number of samples of each class.
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
