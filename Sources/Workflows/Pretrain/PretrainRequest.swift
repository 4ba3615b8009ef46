public import Records

/// A request to train autoencoders of faces.
public struct PretrainRequest: RunRequest {
  /// Face sets, or folders of face sets; empty for all of the workspace.
  public var faces: [String] = []
  /// The name of the run and of its model.
  public var name = "pretrain"
  /// Training steps; each trains one of the three autoencoders.
  public var iterations = 4500
  /// The random seed.
  public var seed: UInt64 = 1
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// A run on all face sets of the workspace.
  public init() {}
}

extension PretrainRequest {
  public static let command = "pretrain"

  public static let options: [RequestOption<PretrainRequest>] = [
    RequestOption(
      "faces", \.faces, "Face sets, or folders of face sets (default: all in the workspace)",
      form: .list, kind: .folder),
    RequestOption("name", \.name, "Name of the run and of its model"),
    RequestOption("iterations", \.iterations, "Training steps", .within(1...1_000_000)),
    RequestOption("seed", \.seed, "Random seed"),
    .workspace(\.workspace),
  ]
}
