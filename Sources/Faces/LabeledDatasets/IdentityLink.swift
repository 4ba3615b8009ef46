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
  var links: [IdentityLink] { identities.map(IdentityLink.person) + clips.map(IdentityLink.clip) }
}

/// An identity or a clip that is in two splits of a labeled dataset.
public struct SplitLeak: Equatable, Sendable {
  /// The identity or clip.
  public let link: IdentityLink
  /// The samples, and their splits.
  public let first, second: String
  public let firstSplit, secondSplit: Split
  /// Why both are taken for the same, as a clause that follows "because"; nil if their manifest says
  /// so.
  public let rule: String?

  init(_ link: IdentityLink, _ first: Sample, _ second: Sample, rule: String? = nil) {
    (self.link, self.rule) = (link, rule)
    (self.first, firstSplit) = (first.path, first.split)
    (self.second, secondSplit) = (second.path, second.split)
  }
}
