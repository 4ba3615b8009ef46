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

  /// Cross-validates on a table; nil when stopped.
  ///
  /// - Parameters:
  ///   - path: the path of the table.
  ///   - progress: the folds, and the classifiers that are done.
  ///   - isStopped: whether to stop, asked before each fold.
  ///   - save: keeps the progress after each classifier.
  ///   - report: receives events.
  init?(
    of table: FeatureTable, at path: String, _ progress: inout CrossValidationState,
    isStopped: @escaping @Sendable () -> Bool = { false },
    save: (CrossValidationState) throws -> Void = { _ in },
    report: (CrossValidationEvent) -> Void = { _ in }
  ) throws {
    let division = try Folds(
      of: table.labels, count: progress.folds, randomness: RandomSource(seed: progress.seed))
    let candidates = TableCrossValidation.candidates
    for (place, candidate) in candidates.enumerated().dropFirst(progress.classifiers.count) {
      report(.validating(classifier: candidate.name, number: place + 1, of: candidates.count))
      let validation = try CrossValidation(
        of: candidate, on: table.features, labels: table.labels, division: division,
        isStandardized: false, isStopped: isStopped)
      guard let validation else { return nil }
      progress.classifiers.append(validation)
      try save(progress)
    }
    self.path = path
    balance = ClassBalance(of: table.labels)
    features = table.features.columns
    seed = progress.seed
    classifiers = progress.classifiers
    warning = balance.warning
  }
}
