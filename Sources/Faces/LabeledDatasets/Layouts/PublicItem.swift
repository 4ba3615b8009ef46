/// A picture or video of a public data set, and what the set's layout says of it.
public struct PublicItem: Equatable, Sendable {
  /// The file, below the folder of the data set.
  public var path: String
  /// Whether it is fake.
  public var label: Label
  /// How it was forged, or `real`.
  public var method: String
  /// Everyone whose face is in it: first whose picture it was.
  public var identities: [String]
  /// The clips that its pixels come from, in the order of `identities`.
  public var clips: [String]
  /// The split that the data set's own lists give it; nil where they say nothing.
  public var split: Split?

  /// A real one, of one person and clip.
  init(real path: String, identity: String, clip: String) {
    self.init(path, .real, Sample.real, [identity], [clip])
  }

  init(
    _ path: String, _ label: Label, _ method: String, _ identities: [String], _ clips: [String]
  ) {
    (self.path, self.label, self.method) = (path, label, method)
    (self.identities, self.clips) = (identities, clips)
  }

  /// The item as a sample of a set that divides it as its `split` says.
  public var sample: Sample {
    Sample(
      path: path, label: label, split: split ?? .training, identities: identities, clips: clips,
      method: method)
  }

  /// Everyone who is in it, then all its clips.
  var kin: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }

  /// True for a picture, by its name; what is none is a video.
  public var isPicture: Bool { MediaNames.isPicture(path) }
}
