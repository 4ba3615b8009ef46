public import Faces

/// The number of samples of each class.
public struct ClassBalance: Codable, Equatable, Sendable {
  public let real: Int
  public let fake: Int

  /// The balance of some labels.
  public init(of labels: [Label]) {
    fake = labels.count { $0 == .fake }
    real = labels.count - fake
  }

  /// The number of all samples.
  public var count: Int { real + fake }

  /// The share of fakes, 0…1; one half if there are no samples.
  public var fakeShare: Double { count == 0 ? 0.5 : Double(fake) / Double(count) }

  /// A warning about accuracy; nil while the smaller class has at least two fifths of the samples.
  public var warning: String? {
    guard min(real, fake) * 5 < count * 2 else { return nil }
    let (larger, answer) = real > fake ? (real, "real") : (fake, "fake")
    let share = (Double(larger) / Double(max(count, 1)) * 1000).rounded() / 10
    return
      "Unbalanced classes, \(real) real and \(fake) fake samples: always predicting '\(answer)' has an "
      + "accuracy of \(share) %. Use the balanced accuracy."
  }

  /// The missing class, as a word; nil if there are samples of both.
  var missing: String? {
    if real == 0 { return "real" }
    return fake == 0 ? "fake" : nil
  }
}
