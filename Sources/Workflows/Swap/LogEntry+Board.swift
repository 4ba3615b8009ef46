import Generation
public import Records

extension LogEntry {
  /// The entry's numbers as a TensorBoard point; nil if there are none.
  public var point: BoardFile.Point? {
    var scalars: [(tag: String, value: Double)] = []
    func add(_ tag: String, _ value: Double?) {
      if let value { scalars.append((tag, value)) }
    }
    let sides: KeyValuePairs<String, [(String, Double?)]> = [
      "train/loss": [("a", lossA), ("b", lossB)],
      "train/discriminator_loss": [("a", discriminatorLossA), ("b", discriminatorLossB)],
      "train/adversarial_loss": [("a", adversarialLossA), ("b", adversarialLossB)],
      "train/evasion_loss": [("a", evasionLossA), ("b", evasionLossB)],
      "train/fidelity_loss": [("a", fidelityLossA), ("b", fidelityLossB)],
      "train/separation": [("a", separationA), ("b", separationB)],
      "val/ssim": [("a", ssimA), ("b", ssimB)], "val/psnr": [("a", psnrA), ("b", psnrB)],
      "val/sharpness": [("a", sharpnessA), ("b", sharpnessB)],
    ]
    for (name, values) in sides {
      for (side, value) in values { add("\(name)/\(side)", value) }
    }
    for (side, terms) in [("a", lossTermsA), ("b", lossTermsB)] {
      for (name, value) in (terms ?? [:]).sorted(by: { $0.key < $1.key }) {
        add("train/loss_terms/\(name)/\(side)", value)
      }
    }
    for (direction, metrics) in [("a2b", groundTruth?.a2b), ("b2a", groundTruth?.b2a)] {
      guard let metrics else { continue }
      add("val/ground_truth/ssim/\(direction)", metrics.ssim)
      add("val/ground_truth/psnr/\(direction)", metrics.psnr)
      add("val/ground_truth/gradient/\(direction)", metrics.gradient)
      add("val/ground_truth/landmarks/\(direction)", metrics.landmarks)
      add("val/ground_truth/identity/\(direction)", metrics.identity)
      add("val/ground_truth/sharpness/\(direction)", metrics.sharpness)
    }
    guard !scalars.isEmpty else { return nil }
    return BoardFile.Point(step: iteration, seconds: seconds, scalars: scalars)
  }
}
