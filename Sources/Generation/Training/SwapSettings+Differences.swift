import Engine
import Faces

extension SwapSettings {
  /// All settings as options with their values.
  public var choices: [(option: String, value: String)] {
    let basic = [
      ("--model", architecture.rawValue), ("--size", "\(side)"), ("--batch", "\(batch)"),
      ("--seed", "\(seed)"),
      ("--precision", precision.rawValue), ("--learning-rate", "\(learningRate)"),
      ("--select-by", (selection ?? .reconstruction).rawValue), ("--holdout", "\(holdout)"),
    ]
    let terms = [
      ("--loss", loss?.rawValue ?? "\(absoluteWeight) mae + \(structuralWeight) dssim"),
      ("--edge-weight", "\(edgeWeight ?? 0)"), ("--eye-weight", "\(features?.eyes ?? 1)"),
      ("--mouth-weight", "\(features?.mouth ?? 1)"),
      ("--mask", mask == nil ? "not learned" : "learned"),
      ("--color-jitter", "\(warp.jitter.strength)"), ("--occlusion", "\(warp.occlusion ?? 0)"),
      ("--unwarped-fraction", "\(unwarpedFraction ?? 0)"), ("--gan", gan?.kind.rawValue ?? "none"),
    ]
    let discriminators = [
      ("--gan-weight", gan.map { "\($0.weight)" }),
      ("--gan-learning-rate", gan.map { "\($0.learningRate)" }),
      ("--gan-warmup", gan.map { "\($0.warmup)" }),
    ].map { ($0.0, $0.1 ?? "none") }
    let initialModels = [
      ("--init", initialization?.name), ("--adversary", adversary?.name),
      ("--adversary-weight", adversary.map { "\($0.weight)" }),
      ("--adversary-batch", adversary.map { "\($0.batch)" }),
      ("--adversary-fidelity", adversary.map { "\($0.fidelity ?? 0)" }),
    ].map { ($0.0, $0.1 ?? "none") }
    return (basic + terms + discriminators + initialModels).map { (option: $0.0, value: $0.1) }
  }

  /// The settings of a trained model that differ from these, as options.
  func differences(from trained: SwapSettings) -> [String] {
    let different = zip(trained.choices, choices).filter { $0.value != $1.value }
    guard !different.isEmpty else { return ["those of another version of the program"] }
    return different.map { "\($0.option) \($0.value), not \($1.value)" }
  }
}
