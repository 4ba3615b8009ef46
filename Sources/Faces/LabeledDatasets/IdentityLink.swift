/// What ties pictures together: who is in them, and what clip they are from.
public enum IdentityLink: Hashable, Sendable, CustomStringConvertible {
  case person(String)
  case clip(String)

  /// Such as "the person 'alice'", to be read inside a sentence.
  public var description: String {
    switch self {
    case .person(let name): "the person '\(name)'"
    case .clip(let name): "the clip '\(name)'"
    }
  }
}

extension Sample {
  /// Everyone who is in the sample, donors too, then all its clips.
  var kin: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }
}

/// A person or a clip that is in two splits of a labeled set.
public struct SplitLeak: Equatable, Sendable {
  /// Who or what.
  public let kin: IdentityLink
  /// The pictures, and the splits that they are in.
  public let first, second: String
  public let firstSplit, secondSplit: Split

  init(_ kin: IdentityLink, _ first: Sample, _ second: Sample) {
    self.kin = kin
    (self.first, firstSplit) = (first.path, first.split)
    (self.second, secondSplit) = (second.path, second.split)
  }
}
