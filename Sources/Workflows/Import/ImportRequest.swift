public import Faces

/// What the user asks of a public data set.
public struct ImportRequest: Equatable, Sendable {
  /// The folder of the data set; it is read, never written.
  public var folder: String
  /// How it is laid out; nil to see by its names.
  public var layout: PublicLayout?
  /// What to call the labeled set.
  public var name: String
  /// How much each split gets of what the data set's own lists leave open.
  public var shares = SplitRatios.usual
  /// What all chance follows from.
  public var seed: UInt64 = 1
  /// The most faces of a video.
  public var maxFaces = 32
  /// Every how many frames of a video one is looked at.
  public var every = 10
  /// A folder to take as the workspace; nil to look for it from the current one upwards.
  public var workspace: String?

  /// A data set, with the usual settings.
  public init(folder: String, name: String) {
    (self.folder, self.name) = (folder, name)
  }
}

/// What decides what comes out, as `import.json` keeps it.
struct ImportSettings: Codable, Equatable {
  var folder: String
  var layout: PublicLayout
  var split: SplitRatios
  var seed: UInt64
  var maxFaces, every: Int
}
