import Foundation

/// The map from a detector's logits to calibrated logits: slope · logit + intercept.
public struct Calibration: Codable, Equatable, Sendable {
  /// A calibration method.
  public enum Method: String, CaseIterable, Codable, Sendable {
    /// No calibration.
    case none
    /// Division by a temperature (Guo and others 2017).
    case temperature
    /// An affine map (Platt 1999).
    case platt
  }

  /// The method.
  public let method: Method
  /// Greater than 0, so that the order of samples is preserved.
  public let slope: Double
  public let intercept: Double

  /// No calibration.
  public static let none = Calibration(method: .none, slope: 1, intercept: 0)

  /// True if every possible logit maps to a probability.
  var isUsable: Bool {
    slope > 0 && slope.isFinite && intercept.isFinite
      && logit(Double(Float.greatestFiniteMagnitude)).isFinite
  }

  /// The calibrated logit.
  public func logit(_ logit: Double) -> Double { slope * logit + intercept }

  /// The probability of fake, 0…1.
  public func probability(_ logit: Double) -> Double { logistic(self.logit(logit)) }
}
