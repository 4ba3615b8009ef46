import Generation
public import Records

extension LogEntry {
  /// The line's numbers, as TensorBoard shows them; nil for a line without any.
  public var point: BoardFile.Point? {
    var scalars: [(tag: String, value: Double)] = []
    func add(_ tag: String, _ value: Double?) {
      if let value { scalars.append((tag, value)) }
    }
    let sides: KeyValuePairs<String, [(String, Double?)]> = [
      "loss": [("a", lossA), ("b", lossB)],
      "discriminator": [("a", discriminatorA), ("b", discriminatorB)],
      "adversarial": [("a", adversarialA), ("b", adversarialB)],
      "adversary": [("a", adversaryA), ("b", adversaryB)],
      "fidelity": [("a", fidelityA), ("b", fidelityB)],
      "separation": [("a", separationA), ("b", separationB)],
      "held-out/ssim": [("a", ssimA), ("b", ssimB)], "held-out/psnr": [("a", psnrA), ("b", psnrB)],
      "held-out/sharpness": [("a", sharpnessA), ("b", sharpnessB)],
    ]
    for (name, figures) in sides {
      for (side, value) in figures { add("\(name)/\(side)", value) }
    }
    for (side, terms) in [("a", termsA), ("b", termsB)] {
      for (name, value) in (terms ?? [:]).sorted(by: { $0.key < $1.key }) {
        add("terms/\(name)/\(side)", value)
      }
    }
    for (direction, figures) in [("a2b", truth?.a2b), ("b2a", truth?.b2a)] {
      guard let figures else { continue }
      add("truth/ssim/\(direction)", figures.ssim)
      add("truth/psnr/\(direction)", figures.psnr)
      add("truth/gradient/\(direction)", figures.gradient)
      add("truth/landmarks/\(direction)", figures.landmarks)
      add("truth/identity/\(direction)", figures.identity)
      add("truth/sharpness/\(direction)", figures.sharpness)
    }
    guard !scalars.isEmpty else { return nil }
    return BoardFile.Point(step: iteration, seconds: seconds, scalars: scalars)
  }
}
