import Foundation

/// A number with a fixed number of decimals, in any locale.
func decimals(_ value: Double, _ digits: Int) -> String {
  value.formatted(
    .number.precision(.fractionLength(digits)).grouping(.never)
      .locale(Locale(identifier: "en_US_POSIX")))
}

/// Seconds as 4 s, 3 min 04 s, 2 h 05 min.
func time(_ seconds: Double) -> String {
  let whole = Int(seconds.rounded())
  let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(pad(whole % 60)) s" }
  return "\(whole / 3600) h \(pad(whole / 60 % 60)) min"
}

/// A number of bytes as 12 kB, 3.4 MB or 5.6 GB.
func size(_ bytes: Int) -> String {
  let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB")]
  let (scale, unit) = units.first { Double(bytes) >= $0.0 } ?? (1e3, "kB")
  let number = Double(bytes) / scale
  return "\(decimals(number, number < 10 && scale > 1e3 ? 1 : 0)) \(unit)"
}

/// An ISO 8601 date as 2026-11-21 21:30, in UTC; a dash for nil.
func date(_ time: String?) -> String {
  time.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "-"
}

extension String {
  /// The text, padded with at least one space to `width`.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
