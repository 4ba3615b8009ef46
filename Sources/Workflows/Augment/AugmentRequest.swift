public import Faces
import Generation
public import Records

/// A request for a labeled dataset; nil values are defaults.
public struct AugmentRequest: RunRequest {
  /// The dataset's name.
  public var name = "augmented"
  /// Face sets, or folders of face sets; empty for all of the workspace.
  public var faces: [String] = []
  /// Names of swap models and of autoencoders; nil for all swap models of the workspace.
  public var models: [String]?
  /// A recipe file; nil for the default mixture.
  public var recipe: String?
  /// The mixture itself, for workflows that make sets of their own; it takes precedence over a file.
  var mixture: AugmentRecipe?
  /// Whether samples are clips instead of pictures.
  public var isClips = false
  /// Frames of a clip.
  public var frames = 32
  /// The number of samples; nil for 4000 pictures or 400 clips.
  public var count: Int?
  /// The share of each split.
  public var shares = SplitRatios.usual
  /// Fakes per real sample.
  public var fakeRatio = 1.0
  /// The random seed.
  public var seed: UInt64 = 1
  /// Pixels along a side of a picture.
  public var size = 256
  /// Whether to train shortcut baselines on the result.
  public var isAudited = true
  /// The part of the samples to make; nil for all.
  public var shard: Shard?
  /// Whether to replace an existing dataset.
  public var isForced = false
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// A dataset from everything in the workspace.
  public init() {}

  /// The range of picture sizes.
  public static let sizes = 64...256

  /// The name of the folder in `Datasets`.
  var folderName: String { shard?.name(of: name) ?? name }
  /// The number of samples.
  var samples: Int { count ?? (isClips ? 400 : 4000) }
  /// Frames of a clip; nil where samples are pictures.
  var clipLength: Int? { isClips ? frames : nil }
}

extension AugmentRequest {
  public static let command = "augment"

  public static let options: [RequestOption<AugmentRequest>] = [
    RequestOption("name", \.name, "Name of the dataset"),
    RequestOption(
      "faces", \.faces, "Face sets, or folders of face sets (default: all in the workspace)",
      form: .list, kind: .folder),
    RequestOption(
      "models",
      "Names of swap models and of autoencoders, or none (default: all swap models in the workspace, except those of duels)",
      form: .list, read: { $0.models.map { $0.isEmpty ? ["none"] : $0 } ?? [] },
      write: { request, words throws(RequestFault) in
        guard words.count < 2 || !words.contains("none") else {
          throw RequestFault("--models takes either names or none, not both.")
        }
        request.models = words.isEmpty ? nil : words == ["none"] ? [] : words
      }),
    RequestOption(
      "recipe", \.recipe,
      "JSON file with method weights, strengths and degradations; see Datasets/README.md",
      kind: .file(["json"])),
    RequestOption(
      "clips", \.isClips,
      "Create clips of consecutive frames, compressed as videos, instead of pictures"),
    RequestOption(
      "frames", \.frames, "Frames of a clip, 16 to 600", .within(SourceClip.lengths)),
    RequestOption(
      "count", \.count, "Number of samples, real and fake (default: 4000, or 400 clips)",
      .within(2...500_000)),
    RequestOption("split", \.shares, "Percentages of training, validation and test"),
    RequestOption(
      "fake-ratio", \.fakeRatio, "Number of fakes per real sample, 0.1 to 10", .within(0.1...10)),
    RequestOption("seed", \.seed, "Random seed"),
    RequestOption(
      "size", \.size, "Width and height of samples in pixels, 64 to 256", .within(sizes)),
    RequestOption("audit", \.isAudited, "Check the dataset with shortcut baselines"),
    .shard(\.shard, of: "samples"),
    RequestOption("force", \.isForced, "Replace an existing dataset of this name"),
    .workspace(\.workspace),
  ]
}

/// The settings that determine every byte of a labeled dataset, as stored in `augment.json`.
struct AugmentSettings: Codable, Equatable {
  var count: Int
  /// Frames of a clip; nil where samples are pictures.
  var frames: Int?
  var split: SplitRatios
  var fakeRatio: Double
  var seed: UInt64
  var size: Int
  var recipe: AugmentRecipe
  /// The fingerprints of the face sets, by name.
  var faces: [String: String]
  /// The hashes of the swap models, by name.
  var models: [String: String]

  /// The reason why a dataset with these settings cannot be resumed with others; nil if it can.
  ///
  /// A larger number of samples leaves existing ones unchanged.
  func difference(to other: AugmentSettings) -> String? {
    func change(_ what: String, _ value: KeyPath<Self, [String: String]>) -> String? {
      let (has, asked) = (self[keyPath: value], other[keyPath: value])
      let names = Set(has.keys).union(asked.keys).sorted()
      guard let name = names.first(where: { has[$0] != asked[$0] }) else { return nil }
      if asked[name] == nil {
        return "it was created with the \(what) '\(name)', which is missing"
      }
      if has[name] == nil { return "it was created without the \(what) '\(name)'" }
      return "the \(what) '\(name)' was modified"
    }
    if (frames == nil) != (other.frames == nil) {
      return "its samples are \(frames == nil ? "pictures" : "clips")"
    }
    if count > other.count { return "it has \(count) samples, more than \(other.count)" }
    if recipe != other.recipe { return "it was created with another recipe" }
    return choices.difference(to: other.choices)?.reason ?? change("face set", \.faces)
      ?? change("swap model", \.models)
  }

  /// The settings that options set, except the number of samples.
  var choices: [SettingChoice] {
    (frames.map { [SettingChoice("--frames", "\($0)")] } ?? []) + [
      SettingChoice("--split", split.description), SettingChoice("--fake-ratio", "\(fakeRatio)"),
      SettingChoice("--seed", "\(seed)"), SettingChoice("--size", "\(size)"),
    ]
  }
}
