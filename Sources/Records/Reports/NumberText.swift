import Foundation

/// Formats numbers for files, names and reports.
public enum NumberText {
  /// A number with the given number of decimals.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// A number with the decimals that are significant for its size.
  static func short(_ value: Double) -> String {
    "\(rounded(value, abs(value) < 10 ? 4 : abs(value) < 1000 ? 2 : 0) ?? value)"
  }

  /// A number rounded to the given number of decimals; nil if JSON cannot represent it.
  public static func rounded(_ value: Double, _ digits: Int) -> Double? {
    guard value.isFinite else { return nil }
    let scale = pow(10, Double(digits))
    return (value * scale).rounded() / scale
  }

  /// A whole number with zeros before it.
  public static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
