import Faces

/// The faces of a video or picture to swap.
public enum FaceChoice: Codable, Equatable, Sendable {
  /// The largest in each frame.
  case largest
  /// Every face.
  case all
  /// The person with this number, from 1, in order of appearance; among those who appear together,
  /// the largest comes first.
  case number(Int)
}

extension FaceChoice {
  /// Parses the user's choice; nil if it is invalid.
  public init?(_ name: String) {
    switch name {
    case "largest": self = .largest
    case "all": self = .all
    default:
      guard let number = Int(name), number > 0 else { return nil }
      self = .number(number)
    }
  }

  /// The user's name for it.
  var name: String {
    switch self {
    case .largest: "largest"
    case .all: "all"
    case .number(let number): "\(number)"
    }
  }

  /// The faces to swap in one frame of a chunk.
  ///
  /// - Parameters:
  ///   - ways: the tracks in the chunk.
  ///   - people: the person of each track.
  ///   - likeness: the similarity of each track to the reference; nil without a reference.
  ///   - least: the minimum similarity.
  func chosen(
    of ways: [Tracklet], people: [Int], at frame: Int, likeness: [Double]?, least: Double
  ) -> [Int] {
    let here = ways.indices.filter { ways[$0][frame] != nil }
    if let likeness {
      let best = here.max { likeness[$0] < likeness[$1] }
      return best.map { likeness[$0] >= least ? [$0] : [] } ?? []
    }
    switch self {
    case .all: return here
    case .number(let number): return here.filter { people[$0] == number - 1 }
    case .largest: return here.max { ways[$0].width < ways[$1].width }.map { [$0] } ?? []
    }
  }

}

extension Tracklet {
  /// The mean width of the face.
  fileprivate var width: Double {
    faces.reduce(0) { $0 + $1.box.width } / Double(faces.count)
  }
}
