import Detection
import Generation
public import Records

/// What `dflab pretrain` trains.
public enum PretrainModel: String, CaseIterable, Codable, Sendable {
  /// Autoencoders of pictures, for the forgery method `reconstruct`.
  case autoencoders
  /// The weights that swap models begin from.
  case swap
  /// The network that tells how far eyes are closed, for the detector `blink`.
  case eyes
}

/// A request to train a model of many faces that others begin from or forge with.
public struct PretrainRequest: RunRequest {
  /// What is trained.
  public var model = PretrainModel.autoencoders
  /// Face sets, or folders of face sets; empty for all of the workspace.
  public var faces: [String] = []
  /// The name of the run and of its model; nil for that of the kind of model.
  public var name: String?
  /// Training steps; nil for the default of the kind of model.
  public var iterations: Int?
  /// The random seed.
  public var seed: UInt64 = 1
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// A run on all face sets of the workspace.
  public init() {}

  /// The name of the run and of its model.
  var runName: String { name ?? "pretrain-\(model.rawValue)" }
}

extension PretrainRequest {
  public static let command = "pretrain"

  public static let options: [RequestOption<PretrainRequest>] = [
    RequestOption(
      "model", \.model,
      "Model: autoencoders (for the forgery method reconstruct), swap (to initialize swap models), or eyes (for the detector blink)"
    ),
    RequestOption(
      "faces", \.faces, "Face sets, or folders of face sets (default: all in the workspace)",
      form: .list, kind: .folder),
    RequestOption(
      "name", \.name, "Name of the run and of its model (default: pretrain-MODEL)"),
    RequestOption(
      "iterations", \.iterations,
      "Training steps (default: \(AutoencoderSettings().iterations) for autoencoders, "
        + "\(SwapBaseSettings().iterations) for swap, \(EyeSettings().iterations) for eyes)",
      .within(1...1_000_000)),
    RequestOption("seed", \.seed, "Random seed"),
    .workspace(\.workspace),
  ]
}
