/// The metrics of a detector, by the names that files use.
///
/// Fake is the positive class. All but the losses are within 0…1.
public enum Metric: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// The mean of the recall of real and of fake samples.
  case balancedAccuracy = "balanced_accuracy"
  /// The share of correctly classified samples.
  case accuracy
  /// The share of fakes among the samples classified as fake.
  case precision
  /// The share of fakes that are classified as fake.
  case recall
  /// The harmonic mean of precision and recall.
  case f1
  /// The probability that a fake has a higher score than a real sample; ties count half.
  case rocAUC = "roc_auc"
  /// The mean precision over recall: Σ (Rₙ − Rₙ₋₁) Pₙ, without interpolation.
  case averagePrecision = "average_precision"
  /// The error rate where the shares of reals called fake and of fakes called real are equal, on
  /// the ROC curve with linear interpolation.
  case equalErrorRate = "equal_error_rate"
  /// The mean squared difference between probability and label.
  case brier
  /// The expected calibration error (Guo and others 2017) of the probability of fake, in 15 bins of
  /// equal width.
  case calibrationError = "calibration_error"
  /// The mean negative logarithm of the probability of the true class, at least 2⁻⁵².
  case logLoss = "log_loss"

  /// The name in reports.
  public var title: String {
    switch self {
    case .balancedAccuracy: "balanced accuracy"
    case .accuracy: "accuracy"
    case .precision: "precision"
    case .recall: "recall"
    case .f1: "F1"
    case .rocAUC: "ROC AUC"
    case .averagePrecision: "average precision"
    case .equalErrorRate: "equal error rate (EER)"
    case .brier: "Brier score"
    case .calibrationError: "expected calibration error (ECE)"
    case .logLoss: "log loss"
    }
  }

  /// Why the metric is undefined.
  func reason(_ balance: ClassBalance) -> String {
    guard balance.count > 0 else { return "no samples" }
    return switch self {
    case .precision: "no fake predictions"
    case .f1: "no fake samples and no fake predictions"
    default: "no \(balance.missing ?? "real") samples"
    }
  }
}

/// The value of each metric, or nil if it is undefined.
struct MetricValues: Equatable {
  private var values = [Double?](repeating: nil, count: Metric.allCases.count)

  private static let places = Dictionary(
    uniqueKeysWithValues: zip(Metric.allCases, Metric.allCases.indices))

  subscript(metric: Metric) -> Double? {
    get { values[MetricValues.places[metric] ?? 0] }
    set { values[MetricValues.places[metric] ?? 0] = newValue }
  }

  /// Adds the metrics that depend on the number of samples called fake.
  mutating func addDecisions(called: (real: Int, fake: Int), reals: Int, fakes: Int) {
    guard reals + fakes > 0 else { return }
    let right = called.fake + reals - called.real
    self[.accuracy] = Double(right) / Double(reals + fakes)
    if called.real + called.fake > 0 {
      self[.precision] = Double(called.fake) / Double(called.real + called.fake)
    }
    if fakes > 0 { self[.recall] = Double(called.fake) / Double(fakes) }
    if called.real + fakes > 0 {
      self[.f1] = 2 * Double(called.fake) / Double(called.fake + called.real + fakes)
    }
    if reals > 0 && fakes > 0 {
      self[.balancedAccuracy] =
        (Double(called.fake) / Double(fakes) + Double(reals - called.real) / Double(reals)) / 2
    }
  }
}
