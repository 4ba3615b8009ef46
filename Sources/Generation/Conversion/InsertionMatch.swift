/// What an inserted face is matched to in its picture: a color change, and a strength of
/// sharpening.
///
/// Matches can be averaged over time.
public struct InsertionMatch: Equatable, Sendable {
  /// The change of colors.
  var colors: ColorAdjustment
  /// The amount of sharpening, or below 0 of softening, as in `FacePatch.sharpened(by:)`.
  var sharpening: Float

  /// No change.
  static let none = InsertionMatch(colors: .none, sharpening: 0)

  /// The weighted mean of matches of one kind.
  public static func mean(_ matches: [(match: InsertionMatch, weight: Double)]) -> InsertionMatch {
    guard !matches.isEmpty else { return .none }
    let total = matches.reduce(0) { $0 + $1.weight }
    let sum = matches.reduce(0) { $0 + $1.weight * Double($1.match.sharpening) }
    return InsertionMatch(
      colors: .mean(matches.map { ($0.match.colors, $0.weight) }), sharpening: Float(sum / total))
  }

  /// Applies the match to a patch.
  func apply(to face: inout FacePatch) {
    if sharpening != 0 { face = face.sharpened(by: sharpening) }
    colors.apply(to: &face)
  }
}
