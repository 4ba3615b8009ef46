/// What ties pictures together: who is in them, and what clip they are from.
public enum Kin: Hashable, Sendable, CustomStringConvertible {
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
  var kin: [Kin] { identities.map(Kin.person) + clips.map(Kin.clip) }
}

/// A person or a clip that is in two splits of a labelled set.
public struct SplitLeak: Equatable, Sendable {
  /// Who or what.
  public let kin: Kin
  /// The pictures, and the splits that they are in.
  public let first, second: String
  public let firstSplit, secondSplit: Split

  init(_ kin: Kin, _ first: Sample, _ second: Sample) {
    self.kin = kin
    (self.first, firstSplit) = (first.path, first.split)
    (self.second, secondSplit) = (second.path, second.split)
  }
}
