import Engine

extension SwapSettings {
  /// What a model was trained with and this is not, as the user would ask for it.
  func differences(from trained: SwapSettings) -> [String] {
    let options: [(String, has: String, here: String)] = [
      ("--batch", "\(trained.batch)", "\(batch)"),
      ("--seed", "\(trained.seed)", "\(seed)"),
      ("--precision", trained.precision.rawValue, precision.rawValue),
      ("--learning-rate", "\(trained.learningRate)", "\(learningRate)"),
      (
        "--judge", (trained.judge ?? .reconstruction).rawValue,
        (judge ?? .reconstruction).rawValue
      ),
      ("--holdout", "\(trained.holdout)", "\(holdout)"),
    ]
    let different = options.filter { $0.has != $0.here }
    guard !different.isEmpty else { return ["those of another version of the program"] }
    return different.map { "\($0.0) \($0.has), not \($0.here)" }
  }
}
