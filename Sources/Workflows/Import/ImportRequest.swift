public import Faces
import Records

/// A request for an import.
public struct ImportRequest: Equatable, Sendable {
  /// The folder of the public dataset, which is only read.
  public var folder: String
  /// The layout; nil to detect it from the names.
  public var layout: PublicLayout?
  /// How to tell which files show the same person.
  public var identities = IdentityRule.layout
  /// The name of the labeled dataset.
  public var name: String
  /// The shares of the splits for items that the dataset's own lists do not assign.
  public var shares = SplitRatios.usual
  /// The random seed.
  public var seed: UInt64 = 1
  /// The maximum number of faces per video.
  public var maxFaces = 32
  /// The interval of processed frames of a video; nil to spread the faces evenly over it.
  public var every: Int?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// An import with default settings.
  public init(folder: String, name: String) {
    (self.folder, self.name) = (folder, name)
  }
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
