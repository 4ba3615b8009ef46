public import Engine

extension SwapModel {
  /// The trained model saved by a `dflab swap` run.
  ///
  /// - Parameter path: `best.safetensors` or `latest.safetensors` of a run.
  public init(reading path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    guard file.metadata["kind"] == "dflab swap",
      let architecture = file.metadata["architecture"].flatMap(SwapArchitecture.init)
    else {
      throw .unreadableCheckpoint(path: path, reason: "it was not written by 'dflab swap'")
    }
    let settings = try SwapTrainer.settings(of: file)
    self.init(architecture, hasMask: settings.mask != nil, randomness: RandomSource(seed: 0))
    try parameters.restore(from: file)
  }
}
