import Media

/// A picture or video of a public dataset, with the information from the dataset's layout.
public struct PublicItem: Equatable, Sendable {
  /// The file, below the dataset's folder.
  public var path: String
  /// Whether it is fake.
  public var label: Label
  /// The forgery method, or `real`.
  public var method: String
  /// All identities in it, that of the original picture first.
  public var identities: [String]
  /// The clips that its pixels come from, in the order of `identities`.
  public var clips: [String]
  /// The split in the dataset's own lists; nil if they do not include it.
  public var split: Split?

  /// A real item of one identity and clip.
  init(real path: String, identity: String, clip: String) {
    self.init(path, .real, Sample.real, [identity], [clip])
  }

  init(
    _ path: String, _ label: Label, _ method: String, _ identities: [String], _ clips: [String]
  ) {
    (self.path, self.label, self.method) = (path, label, method)
    (self.identities, self.clips) = (identities, clips)
  }

  /// The item as a sample with its own `split`.
  public var sample: Sample {
    Sample(
      path: path, label: label, split: split ?? .training, identities: identities, clips: clips,
      method: method)
  }

  /// All identities, then all clips.
  var kin: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }

  /// True for a picture, by its content; everything else is a video.
  ///
  /// - Parameter folder: the dataset's folder.
  public func isPicture(in folder: String) -> Bool {
    MediaKind(at: FolderListing.path(of: path, in: folder)) == .picture
  }
}
