public import Records

/// A request to render synthetic people; nil values are the recipe's.
public struct SynthesisRequest: RunRequest {
  /// A recipe's name or file; nil for the default one.
  public var recipe: String?
  /// The folder for the face sets; nil for `Datasets/NAME` in the workspace.
  public var out: String?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?
  /// Whether existing files may be replaced.
  public var isForced = false

  // Values that override those of the same name in the recipe.

  public var people, count, sharedScenes, size: Int?
  public var seed: UInt64?
  public var yaw, pitch, roll: Double?
  public var sequence, masks, depth: Bool?
  public var rate, quality: Int?
  public var blinks, heartRate, pulse, pattern: Double?
  public var camera: Int?
  public var video, lossless: Bool?

  /// The default recipe, into the workspace.
  public init() {}

  /// A request for all that a recipe says.
  init(_ recipe: SynthesisRecipe, out: String? = nil) throws {
    self = try JSONTree(encoding: SynthesisRequest()).merged(with: JSONTree(encoding: recipe))
      .decoded(as: SynthesisRequest.self)
    self.out = out
  }

  /// The recipe with overrides.
  func resolved(in workspace: Workspace?) throws -> SynthesisRecipe {
    let base =
      try recipe.map { name in try SynthesisRecipe(named: name, in: workspace) }
      ?? SynthesisRecipe()
    let resolved = try JSONTree(encoding: base).merged(with: JSONTree(encoding: self))
      .decoded(as: SynthesisRecipe.self)
    if let contradiction = resolved.contradiction {
      throw SynthesisRecipe.refusal(of: recipe ?? "", RecipeFault(reason: contradiction))
    }
    return resolved
  }

  /// The folder to render into, from the root.
  func folder(in workspace: Workspace?) throws -> String {
    if let out { return Workspace.absolute(out) }
    guard let workspace else { throw RecordsError.noWorkspace(start: Workspace.absolute(".")) }
    let name = recipe.map { ($0.split(separator: "/").last ?? "people").prefix { $0 != "." } }
    return workspace.datasets(of: name.map(String.init) ?? "people")
  }
}

extension SynthesisRequest {
  public static let command = "faces synthesize"
  public static let outputOption = "out"

  public var conflict: String? {
    // A recipe may be of a sequence.
    guard recipe == nil, sequence != true, video != true,
      let option = given(among: "blinks", "heart-rate", "pulse")
    else { return nil }
    return "\(option) requires --sequence or --video."
  }

  public static let options: [RequestOption<SynthesisRequest>] = [
    RequestOption(
      "recipe", \.recipe, "Recipe: demo, or a JSON file; other options override its values",
      kind: .file(["json"])
    ).path { $0.contains("/") || $0.hasSuffix(".json") },
    RequestOption("people", \.people, "Number of identities (default: 2)", .atLeast(1)),
    RequestOption("count", \.count, "Pictures per identity (default: 400)", .atLeast(1)),
    RequestOption("seed", \.seed, "Random seed (default: 1)"),
    RequestOption(
      "shared-scenes", \.sharedScenes,
      "Number of consecutive identities that share scenes: their pictures with the same number "
        + "differ only in identity (default: 1)", .atLeast(1)),
    RequestOption(
      "out", \.out, "Output folder (default: Datasets/people, or Datasets/RECIPE)", kind: .folder),
    RequestOption(
      "sequence", \.sequence, "Render one continuous clip per identity (default: --no-sequence)"),
    RequestOption(
      "video", \.video, "Write each clip as an H.264 video, too (default: --no-video)"),
    RequestOption(
      "quality", \.quality, "Constant rate factor of videos, 0 (best) to 51 (default: 18)",
      .within(SynthesisRecipe.qualities)),
    RequestOption(
      "rate", \.rate, "Frames per second of clips, 10 to 60 (default: 25)",
      .within(SynthesisRecipe.rates)),
    RequestOption(
      "blinks", \.blinks, "Blinks per minute in clips, 0 to 60 (default: 15 to 20, by identity)",
      .within(SynthesisRecipe.blinkRates)),
    RequestOption(
      "heart-rate", \.heartRate,
      "Heartbeats per minute in clips, 40 to 180 (default: 55 to 95, by identity)",
      .within(SynthesisRecipe.heartRates)),
    RequestOption(
      "pulse", \.pulse,
      "Strength of the pulse in percent of green light, 0 to 5 (default: 0.2 to 1, by identity)",
      .within(SynthesisRecipe.strengths)),
    RequestOption(
      "camera", \.camera,
      "Camera number, which selects the sensor's pattern (default: one per clip, none for portraits)",
      .within(SynthesisRecipe.cameras)),
    RequestOption(
      "pattern", \.pattern,
      "Fixed pattern noise of the sensor in percent, 0 to 5 (default: 0.5 to 2, by camera)",
      .within(SynthesisRecipe.strengths)),
    RequestOption(
      "lossless", \.lossless,
      "Write pictures as PNG, without the camera's JPEG; implied by --video (default: --no-lossless)"
    ),
    RequestOption(
      "yaw", \.yaw, "Maximum head yaw in degrees, 0 to 45 (default: 30)",
      .within(SynthesisRecipe.yaws)),
    RequestOption(
      "pitch", \.pitch, "Maximum head pitch in degrees, 0 to 25 (default: 12)",
      .within(SynthesisRecipe.pitches)),
    RequestOption(
      "roll", \.roll, "Maximum head roll in degrees, 0 to 20 (default: 8)",
      .within(SynthesisRecipe.rolls)),
    RequestOption(
      "size", \.size, "Width and height in pixels, 64 to 1024 (default: 256)",
      .within(SynthesisRecipe.sizes)),
    RequestOption("masks", \.masks, "Write face masks (default: --masks)"),
    RequestOption("depth", \.depth, "Write depth maps (default: --depth)"),
    RequestOption("force", \.isForced, "Replace existing pictures in the folder"),
    .workspace(\.workspace),
  ]
}

extension SynthesisRecipe {
  /// The settings with the options that set them.
  var choices: [SettingChoice] {
    // A recipe can always be asked for.
    ((try? SynthesisRequest(self)) ?? SynthesisRequest()).choices(except: ["force"])
  }
}
