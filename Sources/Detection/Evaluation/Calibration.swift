import Foundation

/// How a detector's logits become logits that mean what they say: slope · logit + intercept.
public struct Calibration: Codable, Equatable, Sendable {
  /// How a calibration is found.
  public enum Method: String, CaseIterable, Codable, Sendable {
    /// The logits as they are.
    case none
    /// The logits divided by one number (Guo and others 2017).
    case temperature
    /// The logits times one number plus another (Platt 1999).
    case platt
  }

  /// How it was found.
  public let method: Method
  /// Above 0, so that the order of samples stays.
  public let slope: Double
  public let intercept: Double

  /// The logits as they are.
  public static let none = Calibration(method: .none, slope: 1, intercept: 0)

  /// True when it makes a probability of every logit that a network can give.
  var isUsable: Bool {
    slope > 0 && slope.isFinite && intercept.isFinite
      && logit(Double(Float.greatestFiniteMagnitude)).isFinite
  }

  /// The calibrated logit.
  public func logit(_ logit: Double) -> Double { slope * logit + intercept }

  /// How probably it is fake, 0…1.
  public func probability(_ logit: Double) -> Double { logistic(self.logit(logit)) }
}
