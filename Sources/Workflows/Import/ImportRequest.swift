public import Faces
public import Records

/// A request for an import.
public struct ImportRequest: RunRequest {
  /// The folder of the public dataset, which is only read.
  public var folder = ""
  /// The layout; nil to detect it from the names.
  public var layout: PublicLayout?
  /// How to tell which files show the same person.
  public var identities = IdentityRule.layout
  /// The name of the labeled dataset.
  public var name = ""
  /// The shares of the splits for items that the dataset's own lists do not assign.
  public var shares = SplitRatios.usual
  /// The random seed.
  public var seed: UInt64 = 1
  /// The maximum number of faces per video.
  public var maxFaces = 32
  /// The interval of processed frames of a video; nil to spread the faces evenly over it.
  public var every: Int?
  /// The part of the files to import; nil for all.
  public var shard: Shard?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// The name of the folder in `Datasets`.
  var folderName: String { shard?.name(of: name) ?? name }

  /// Without a folder.
  public init() {}

  /// An import with default settings.
  public init(folder: String, name: String) {
    (self.folder, self.name) = (folder, name)
  }
}

extension ImportRequest {
  public static let command = "datasets import"

  public static let options: [RequestOption<ImportRequest>] = [
    RequestOption(
      "folder", \.folder, "Folder of the public dataset", form: .argument, kind: .folder,
      isRequired: true),
    RequestOption("name", \.name, "Name of the labeled dataset", isRequired: true),
    RequestOption("layout", \.layout, "Layout of the folder (default: detected)"),
    RequestOption(
      "identities", \.identities, "Who is the same person: layout, folder, file, none or FILE.csv"
    ).path { $0.lowercased().hasSuffix(".csv") },
    RequestOption("split", \.shares, "Percentages of training, validation and test"),
    RequestOption("seed", \.seed, "Random seed"),
    RequestOption(
      "max-faces", \.maxFaces, "Maximum number of faces per video", .within(1...10_000)),
    RequestOption(
      "every", \.every,
      "Process every Nth frame of a video (default: spread --max-faces over it)",
      .within(1...1_000_000)),
    .shard(\.shard, of: "files"),
    .workspace(\.workspace),
  ]
}

/// The settings that determine the result, as stored in `import.json`.
struct ImportSettings: Codable, Equatable {
  var folder: String
  var layout: PublicLayout
  var identities: String
  var split: SplitRatios
  var seed: UInt64
  var maxFaces: Int
  var every: Int?

  init(_ request: ImportRequest, of set: PublicSet) {
    (folder, layout) = (Workspace.absolute(set.path), set.layout)
    if case .list(let path) = request.identities {
      identities = Workspace.absolute(path)
    } else {
      identities = request.identities.description
    }
    (split, seed) = (request.shares, request.seed)
    (maxFaces, every) = (request.maxFaces, request.every)
  }
}
