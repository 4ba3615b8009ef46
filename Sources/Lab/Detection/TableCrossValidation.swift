public import Detection
import Engine

/// Cross-validates the four classifiers of the spectrum detector on a table of features.
///
/// Features are taken as they stand, and the settings are those of the paper that published such tables
/// (Durall and others 2019): RBF with C 6.37 and γ 0.86; the others are scikit-learn's defaults with the
/// same C, and logistic regression as it is. Nothing is chosen on the table.
public struct TableCrossValidation: Codable, Equatable, Sendable {
  /// The file.
  public let path: String
  /// How many samples are real and fake.
  public let balance: ClassBalance
  /// How many features a sample has.
  public let features: Int
  /// How the folds were shuffled.
  public let seed: UInt64
  /// One for each classifier.
  public let classifiers: [CrossValidation]
  /// What a reader must be told before any accuracy.
  public let warning: String?

  /// The classifiers and their settings.
  static let candidates: [SpectrumClassifier] = [
    .machine(SupportVectorMachine(kernel: .linear, cost: 6.37)),
    .machine(SupportVectorMachine(kernel: .radial(gamma: .value(0.86)), cost: 6.37)),
    .machine(
      SupportVectorMachine(
        kernel: .polynomial(degree: 3, gamma: .value(0.86), coefficient: 0), cost: 6.37)),
    .regression(LogisticRegression()),
  ]

  /// Reads the table and learns from it.
  ///
  /// - Parameters:
  ///   - folds: at least 2; each class needs as many samples.
  ///   - seed: what the shuffling follows from.
  public init(of path: String, folds: Int, seed: UInt64) throws(DetectionError) {
    let table = try FeatureTable(reading: path)
    let division = try Folds(
      of: table.labels, count: folds, randomness: RandomSource(seed: seed))
    let results = Team.map(TableCrossValidation.candidates.count) { index in
      Result { () throws(DetectionError) in
        try CrossValidation(
          of: TableCrossValidation.candidates[index], on: table.features, labels: table.labels,
          division: division, isStandardised: false)
      }
    }
    var classifiers: [CrossValidation] = []
    for result in results { classifiers.append(try result.get()) }
    self.path = path
    balance = ClassBalance(of: table.labels)
    features = table.features.columns
    self.seed = seed
    self.classifiers = classifiers
    warning = balance.warning
  }
}
