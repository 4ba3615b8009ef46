/// Where a swapped face stands between the face that was swapped and the one it should be.
///
/// Both are known in the very scene of the swap, so the three differ in nothing but whose face it
/// is, and what the swap got wrong. Distances are those of `OrientedGradients`, in units of the
/// distance between the two faces.
struct IdentityPosition: Equatable {
  /// How far the swap is from the person it should show; 0 is exactly there.
  let toTarget: Double
  /// How far it is from the person that was swapped; 1 is as far as the two are apart.
  let toSource: Double

  /// Where the swap's foot falls on the line between the two: 0 is still the person that was
  /// swapped, 1 is wholly the other, 0.5 no more the one than the other.
  ///
  /// By the law of cosines; the same as the coefficient of regressing what the swap changed on what
  /// it should have changed.
  var position: Double { (1 + toSource * toSource - toTarget * toTarget) / 2 }

  /// From the features of the three pictures; infinite where the two people look alike.
  init(swap: [Double], target: [Double], source: [Double]) {
    let unit = IdentityPosition.distance(target, source)
    toTarget = IdentityPosition.distance(swap, target) / unit
    toSource = IdentityPosition.distance(swap, source) / unit
  }

  private static func distance(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
