import Foundation
import Records

/// Sizes, times and dates as pages show them.
enum SizeText {
  /// A number of bytes as 12 kB, 3.4 MB or 5.6 GB.
  static func of(_ bytes: Int) -> String {
    let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB")]
    let (scale, unit) = units.first { Double(bytes) >= $0.0 } ?? (1e3, "kB")
    let number = Double(bytes) / scale
    return "\(NumberText.fixed(number, number < 10 && scale > 1e3 ? 1 : 0)) \(unit)"
  }

  /// A duration as 4 s, 3 min 04 s, 2 h 05 min.
  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(NumberText.padded(whole % 60, to: 2)) s" }
    return "\(whole / 3600) h \(NumberText.padded(whole / 60 % 60, to: 2)) min"
  }

  /// An ISO 8601 date as 2026-11-21 21:30, in UTC; a dash for nil.
  static func date(_ time: String?) -> String {
    time.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "–"
  }
}
