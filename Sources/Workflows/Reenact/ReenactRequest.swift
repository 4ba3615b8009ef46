public import Generation
public import Media
public import Records

/// A request for a reenactment: a clip of one person with the expressions of another clip.
public struct ReenactRequest: RunRequest {
  /// The clip whose expressions are shown: a video (a file or a URL).
  public var driver = ""
  /// The clip of the person who shows them.
  public var target = ""
  /// The video to write.
  public var output = ""
  /// The name of the swap run and of the face sets; nil for one derived from the two clips.
  public var name: String?
  /// A swap run, or a file of weights, to use without training; nil to train.
  public var model: String?
  /// The target's side of that model.
  public var side = Side.a
  /// The limits of training, over all sessions.
  public var minutes: Double?
  public var iterations: Int?
  /// The random seed of training; nil for the run's own, or the default of a new one.
  public var seed: UInt64?
  /// The compression settings.
  public var encoding = VideoEncoding()
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without clips.
  public init() {}

  /// A reenactment with default settings.
  public init(driver: String, target: String, output: String) {
    (self.driver, self.target, self.output) = (driver, target, output)
  }

  /// The training time without a limit of its own, in minutes: from the initial weights that ship, swaps
  /// hardly improve afterwards.
  static let usualMinutes = 2.0

  /// The name of the swap run.
  var runName: RunName {
    get throws {
      if let name { return try RunName(name) }
      func stem(_ path: String) -> String {
        let file = path.split(separator: "/").last ?? "clip"
        return RunName.tamed(file.prefix { $0 != "." })
      }
      return try RunName("\(stem(target))-by-\(stem(driver))")
    }
  }

  /// True for a model that is given as a file.
  private static func isPath(_ model: String) -> Bool {
    model.contains("/") || model.hasSuffix(".safetensors")
  }

  /// The file of a given model's weights; nil to train.
  func givenWeights(in workspace: Workspace) throws -> String? {
    try model.map {
      try ReenactRequest.isPath($0) ? $0 : PretrainedModel($0, in: workspace).path
    }
  }
}

extension ReenactRequest {
  public static let command = "reenact"
  public static let outputOption = "out"

  public static let options: [RequestOption<ReenactRequest>] = [
    RequestOption(
      "driver", \.driver, "Video whose expressions are shown (file or URL)", kind: .file(),
      isRequired: true),
    RequestOption(
      "target", \.target, "Video of the person who shows them (file or URL)", kind: .file(),
      isRequired: true),
    RequestOption(
      "out", \.output, "Output: .mp4, .mov or .mkv file", kind: .file(), isRequired: true),
    RequestOption(
      "name", \.name, "Name of the swap run and the face sets (default: TARGET-by-DRIVER)"),
    RequestOption(
      "model", \.model, "Swap run, or a file of weights, to use without training (default: train)",
      kind: .file()
    ).path(where: isPath),
    RequestOption("side", \.side, "Side of --model that is the target's identity"),
    RequestOption(
      "minutes", \.minutes,
      """
      Training time in minutes, over all sessions of the run (default: \
      \(Int(usualMinutes)), unless --iterations is given)
      """, .above(0)),
    RequestOption(
      "iterations", \.iterations, "Number of training steps, over all sessions of the run",
      .within(1...1_000_000_000)),
    RequestOption("seed", \.seed, "Random seed of training (default: 1)"),
    RequestOption("codec", \.encoding.codec, "Video codec"),
    RequestOption(
      "quality", \.encoding.quality, "Constant rate factor, 0 (best) to 51", .within(0...51)),
    RequestOption(
      "lossless", \.encoding.isLossless,
      "Encode losslessly; pixels outside the faces keep their decoded values"),
    .workspace(\.workspace),
  ]

  public var conflict: String? {
    if model != nil, let given = given(among: "minutes", "iterations", "seed") {
      return "\(given) cannot be used with --model, which is not trained. Omit it."
    }
    if model == nil, side != .a { return "--side requires --model." }
    return nil
  }
}
