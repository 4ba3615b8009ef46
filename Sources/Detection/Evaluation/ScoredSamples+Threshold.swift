import Faces

extension ScoredSamples {
  /// The probability from which on samples are best called fake; choose it on validation samples.
  ///
  /// It has the greatest balanced accuracy, which is the greatest of Youden's index, and lies midway
  /// between two samples; of several such the one nearest to a half. Where no threshold beats a
  /// constant answer it is a half.
  public func bestThreshold() throws(DetectionError) -> Double {
    let balance = balance
    if let missing = balance.missing {
      throw .oneClass(purpose: "The choice of a threshold", missing: missing)
    }
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var (best, threshold) = (0, 0.5)
    var (reals, fakes) = (0, 0)
    for (here, next) in zip(order, order.dropFirst()) {
      if labels[here] == .fake { fakes += 1 } else { reals += 1 }
      let (upper, lower) = (probabilities[here], probabilities[next])
      guard lower < upper else { continue }
      // Youden's index, in units that keep it whole.
      let gain = fakes * balance.real - reals * balance.fake
      let middle = (upper + lower) / 2
      let cut = middle > lower ? middle : upper
      guard gain > best || (gain == best && abs(cut - 0.5) < abs(threshold - 0.5)) else { continue }
      (best, threshold) = (gain, cut)
    }
    return threshold
  }
}
