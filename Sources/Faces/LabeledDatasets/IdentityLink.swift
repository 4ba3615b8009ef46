/// A link between samples: an identity or a clip.
public enum IdentityLink: Hashable, Sendable, CustomStringConvertible {
  case person(String)
  case clip(String)

  /// Such as "identity 'alice'", phrased for the middle of a sentence.
  public var description: String {
    switch self {
    case .person(let name): "identity '\(name)'"
    case .clip(let name): "clip '\(name)'"
    }
  }
}

extension Sample {
  /// All identities in the sample, donors included, then all its clips.
  var kin: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }
}

/// An identity or a clip that is in two splits of a labeled dataset.
public struct SplitLeak: Equatable, Sendable {
  /// The identity or clip.
  public let kin: IdentityLink
  /// The samples, and their splits.
  public let first, second: String
  public let firstSplit, secondSplit: Split

  init(_ kin: IdentityLink, _ first: Sample, _ second: Sample) {
    self.kin = kin
    (self.first, firstSplit) = (first.path, first.split)
    (self.second, secondSplit) = (second.path, second.split)
  }
}
