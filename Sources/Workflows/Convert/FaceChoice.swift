import Faces

/// Which of the faces in a video or picture are swapped.
public enum FaceChoice: Codable, Equatable, Sendable {
  /// The largest in each frame.
  case largest
  /// Every face.
  case all
  /// The person who appears as the one of this number, from 1; of those who appear together the
  /// largest is the first.
  case number(Int)
}

extension FaceChoice {
  /// What the user calls it; nil if it is none.
  public init?(_ name: String) {
    switch name {
    case "largest": self = .largest
    case "all": self = .all
    default:
      guard let number = Int(name), number > 0 else { return nil }
      self = .number(number)
    }
  }

  /// What the user calls it.
  var name: String {
    switch self {
    case .largest: "largest"
    case .all: "all"
    case .number(let number): "\(number)"
    }
  }

  /// Which of a stretch's faces are swapped in one frame.
  ///
  /// - Parameters:
  ///   - ways: the faces' ways through the stretch.
  ///   - people: who each of them is.
  ///   - likeness: how like the face that shall be swapped alone each of them is; nil if any may be.
  ///   - least: how like it one must be.
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
