import Media

/// A picture, a video or a folder of a video's frames in a public dataset, with the information from
/// the dataset's layout.
public struct PublicItem: Equatable, Sendable {
  /// The file or the folder of frames, below the dataset's folder.
  public var path: String
  /// The frames, in order, below the dataset's folder; empty for a file.
  public var frames: [String] = []
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
  /// Where it is forged: a picture, a video, or a folder of pictures named as the frames; nil if
  /// unknown.
  ///
  /// A real item has the mask of a forgery of it.
  public var mask: String?
  /// The path below the folder of its class, which `IdentityRule` goes by.
  var place: String

  /// A real item of one identity and clip.
  init(real medium: Medium, identity: String, clip: String) {
    self.init(medium, .real, Sample.real, [identity], [clip])
  }

  init(
    _ medium: Medium, _ label: Label, _ method: String, _ identities: [String], _ clips: [String]
  ) {
    (path, frames, self.label, self.method) = (medium.path, medium.frames, label, method)
    (self.identities, self.clips) = (identities, clips)
    place = path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The item as a sample with its own `split`.
  public var sample: Sample {
    Sample(
      path: path, label: label, split: split ?? .training, identities: identities, clips: clips,
      method: method)
  }

  /// All identities, then all clips.
  var links: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }

  /// True for a single picture, by its content.
  ///
  /// - Parameter folder: the dataset's folder.
  public func isPicture(in folder: String) -> Bool {
    frames.isEmpty && MediaKind(at: FolderListing.path(of: path, in: folder)) == .picture
  }

  /// Its files: the frames, or the file.
  public var files: [String] { frames.isEmpty ? [path] : frames }

  /// The item as seen from a folder around it.
  func moved(into part: String) -> PublicItem {
    guard !part.isEmpty else { return self }
    var item = self
    item.path = "\(part)/\(path)"
    item.frames = frames.map { "\(part)/\($0)" }
    item.mask = mask.map { "\(part)/\($0)" }
    return item
  }
}
