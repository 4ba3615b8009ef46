/// The position of a swapped face between the source face and the true swap.
///
/// Both are known in the same scene, so the three pictures differ only in whose face it is, and in
/// the errors of the swap. Distances are those of `OrientedGradients`, in units of the distance
/// between the two faces. Blocks are weighted by the contrast of the two faces; the contrast of the
/// swap itself, sharp or blurred, does not matter.
/// strongly the swap itself shows it, sharp or blurred, does not matter.
struct IdentityPosition: Equatable {
  /// The distance from the target person; 0 is identical.
  let toSwappedIn: Double
  /// The distance from the source person; 1 is the distance between the two.
  let toOriginal: Double

  /// The mean difference between neighboring pixels, of 0…1, at which a block has half its weight.
  static let faint = 0.01

  /// The projection of the swap onto the line between the two people.
  ///
  /// 0 is the source person, 1 the target person. 0.5 is equally close to both: half of each,
  /// somebody else, or nobody at all.
  ///
  /// By the law of cosines; equal to the coefficient of regressing what the swap changed on what it
  /// should have changed.
  var position: Double { (1 + toOriginal * toOriginal - toSwappedIn * toSwappedIn) / 2 }

  /// From the features of the three pictures; NaN if the two people look alike.
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
    toSwappedIn = distance(swap, target) / unit
    toOriginal = distance(swap, source) / unit
  }
}
