/// Where a swapped face stands between the face that was swapped and the one it should be.
///
/// Both are known in the very scene of the swap, so the three differ in nothing but whose face it
/// is, and what the swap got wrong. Distances are those of `OrientedGradients`, in units of the
/// distance between the two faces. A block counts the more, the more the two faces show there; how
/// strongly the swap itself shows it, sharp or blurred, does not matter.
struct IdentityPosition: Equatable {
  /// How far the swap is from the person it should show; 0 is exactly there.
  let toTarget: Double
  /// How far it is from the person that was swapped; 1 is as far as the two are apart.
  let toSource: Double

  /// The mean step between pixels, of 0…1, of a block that counts half.
  static let faint = 0.01

  /// Where the swap's foot falls on the line between the two people.
  ///
  /// 0 is still the person that was swapped, 1 is wholly the other. 0.5 is no more the one than the other: half of each, somebody
  /// else, or nobody at all.
  ///
  /// By the law of cosines; the same as the coefficient of regressing what the swap changed on what
  /// it should have changed.
  var position: Double { (1 + toSource * toSource - toTarget * toTarget) / 2 }

  /// From the features of the three pictures; not a number where the two people look alike.
  init(swap: OrientedGradients, target: OrientedGradients, source: OrientedGradients) {
    let weights = zip(target.strengths, source.strengths).map {
      let strength = ($0 + $1) / 2
      return strength / (strength + IdentityPosition.faint)
    }
    func distance(_ x: OrientedGradients, _ y: OrientedGradients) -> Double {
      var sum = 0.0
      for at in x.features.indices {
        let step = weights[at / OrientedGradients.blockSize] * (x.features[at] - y.features[at])
        sum += step * step
      }
      return sum.squareRoot()
    }
    let unit = distance(target, source)
    toTarget = distance(swap, target) / unit
    toSource = distance(swap, source) / unit
  }
}
