import Engine
import Faces

extension SwapSettings {
  /// All settings as options with their values.
  public var choices: [(option: String, value: String)] {
    let basic = [
      ("the model", architecture.rawValue), ("--batch", "\(batch)"), ("--seed", "\(seed)"),
      ("--precision", precision.rawValue), ("--learning-rate", "\(learningRate)"),
      ("--select-by", (selection ?? .reconstruction).rawValue), ("--holdout", "\(holdout)"),
    ]
    let terms = [
      ("--loss", loss?.rawValue ?? "\(absoluteWeight) mae + \(structuralWeight) dssim"),
      ("--edge", "\(edgeWeight ?? 0)"), ("--eyes", "\(features?.eyes ?? 1)"),
      ("--mouth", "\(features?.mouth ?? 1)"), ("--mask", mask == nil ? "not learned" : "learned"),
      ("--jitter", "\(warp.jitter.strength)"), ("--occlusion", "\(warp.occlusion ?? 0)"),
      ("--unwarped-end", "\(unwarpedEnd ?? 0)"), ("--gan", gan?.kind.rawValue ?? "none"),
    ]
    let discriminators = [
      ("--gan-weight", gan.map { "\($0.weight)" }),
      ("--gan-rate", gan.map { "\($0.learningRate)" }),
      ("--gan-warm-up", gan.map { "\($0.warmUp)" }),
    ].map { ($0.0, $0.1 ?? "none") }
    let rivals = [
      ("--start", start?.name), ("--adversary", adversary?.name),
      ("--adversary-weight", adversary.map { "\($0.weight)" }),
      ("--adversary-faces", adversary.map { "\($0.faces)" }),
      ("--adversary-fidelity", adversary.map { "\($0.fidelity ?? 0)" }),
    ].map { ($0.0, $0.1 ?? "none") }
    return (basic + terms + discriminators + rivals).map { (option: $0.0, value: $0.1) }
  }

  /// The settings of a trained model that differ from these, as options.
  func differences(from trained: SwapSettings) -> [String] {
    let different = zip(trained.choices, choices).filter { $0.value != $1.value }
    guard !different.isEmpty else { return ["those of another version of the program"] }
    return different.map { "\($0.option) \($0.value), not \($1.value)" }
  }
}
