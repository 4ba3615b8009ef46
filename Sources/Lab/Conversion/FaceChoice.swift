import Faces
import Foundation
import Media

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

  /// Which of a stretch's faces are swapped in one frame.
  ///
  /// - Parameters:
  ///   - ways: the faces' ways through the stretch.
  ///   - people: who each of them is.
  ///   - model: the face that shall be swapped alone; nil if any may be.
  func chosen(
    of ways: [Tracklet], people: [Int], at frame: Int, like model: Thumbnail?
  ) -> [Int] {
    let here = ways.indices.filter { ways[$0][frame] != nil }
    if let model {
      let likeness = here.map { ways[$0].likeness(to: model) }
      guard let best = likeness.indices.max(by: { likeness[$0] < likeness[$1] }),
        likeness[best] >= FaceChoice.leastLikeness
      else { return [] }
      return [here[best]]
    }
    switch self {
    case .all: return here
    case .number(let number): return here.filter { people[$0] == number - 1 }
    case .largest: return here.max { ways[$0].width < ways[$1].width }.map { [$0] } ?? []
    }
  }

  /// Faces less alike than this are different people.
  private static let leastLikeness = 0.5
}

extension Tracklet {
  /// The mean width of the face.
  fileprivate var width: Double {
    faces.reduce(0) { $0 + $1.box.width } / Double(faces.count)
  }

  /// How alike its most alike face is.
  fileprivate func likeness(to model: Thumbnail) -> Double {
    faces.map { $0.thumbnail.likeness(to: model) }.max() ?? -1
  }
}
