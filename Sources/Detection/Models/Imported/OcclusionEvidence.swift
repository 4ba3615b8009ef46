import Engine
import Foundation
public import Media

/// How the score of a face changes where parts of it are covered (Zeiler and Fergus 2014).
///
/// A gray square slides over what the network is given; what is covered in all frames of a clip.
public struct OcclusionEvidence: ClipEvidence, Equatable {
  /// Positions of the square along each axis, and its side in steps between them.
  static let (positions, width) = (7, 2)

  /// The logit of the uncovered face.
  public let logit: Double
  /// How much the logit falls where each part is covered, row by row; above 0 where the part speaks for
  /// fake.
  public let falls: [Double]
  private let picture: Image
  private let share: Double

  /// Scores the faces once for each position.
  ///
  /// - Parameters:
  ///   - faces: 256×256, as many as the network looks at.
  ///   - score: the logit of normalized pictures, `[frames, side, side, 3]`.
  init<Failure: Error>(
    of faces: [Image], _ input: DetectorInput, score: (Tensor) throws(Failure) -> Double
  ) throws(Failure) {
    let pictures = NetworkDetector.pictures(faces, input)
    let (side, count) = (input.side, OcclusionEvidence.positions)
    logit = try score(pictures)
    var falls: [Double] = []
    for place in 0..<count * count {
      let rows = OcclusionEvidence.covered(place / count, of: side)
      let columns = OcclusionEvidence.covered(place % count, of: side)
      var covered = pictures
      covered.write { values in
        for frame in 0..<faces.count {
          for row in rows {
            for column in columns {
              for channel in 0..<3 {
                // Middle gray.
                values[((frame * side + row) * side + column) * 3 + channel] =
                  (0.5 - input.mean[channel]) / input.deviation[channel]
              }
            }
          }
        }
      }
      falls.append(logit - (try score(covered)))
    }
    self.falls = falls
    (picture, share) = (faces[faces.count / 2], input.share)
  }

  /// The rows or columns that the square covers at a position.
  private static func covered(_ position: Int, of side: Int) -> Range<Int> {
    let steps = positions - 1 + width
    return position * side / steps..<(position + width) * side / steps
  }

  public var title: String { "Occlusion sensitivity" }

  /// The position with the largest change.
  private var strongest: Int {
    falls.indices.max { abs(falls[$0]) < abs(falls[$1]) } ?? 0
  }

  public func sentence(of who: String) -> String {
    let change = falls[strongest]
    let words = ["upper", "middle", "lower"]
    let sides = ["left", "middle", "right"]
    let count = OcclusionEvidence.positions
    let (row, column) = (strongest / count * 3 / count, strongest % count * 3 / count)
    return
      "Occlusion: covering the \(words[row]) \(sides[column]) part of \(who) changes the logit most, by "
      + "\(String(format: "%+.2f", -change)) from \(String(format: "%+.2f", logit)); a fall means that the "
      + "part speaks for fake."
  }

  public var measurements: [EvidenceMeasurement] {
    [
      EvidenceMeasurement("logit", logit),
      EvidenceMeasurement("largest fall of the logit", falls.max() ?? 0),
      EvidenceMeasurement("largest rise of the logit", -(falls.min() ?? 0)),
    ]
  }

  public var caption: String {
    """
    The face, and in red where the logit of fake falls most when a gray square covers the place. The map is \
    normalized to its own maximum: it shows location, not strength.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    try ContactSheet(
      title: "", columns: ["face", "occlusion"],
      rows: [ContactSheet.Row("", [picture, picture.heated(by: heat(side: picture.width))])],
      cellSize: 256
    ).drawn()
  }

  /// How much parts of the picture speak for fake, 0…1 of the maximum: of each step between positions, the
  /// mean over the squares that cover it.
  func heat(side: Int) -> Plane {
    let (count, width) = (OcclusionEvidence.positions, OcclusionEvidence.width)
    let steps = count - 1 + width
    func covering(_ step: Int) -> ClosedRange<Int> {
      max(0, step - width + 1)...min(count - 1, step)
    }
    let values = (0..<steps * steps).map { place -> Float in
      let (rows, columns) = (covering(place / steps), covering(place % steps))
      var sum = 0.0
      for row in rows { for column in columns { sum += falls[row * count + column] } }
      return Float(sum / Double(rows.count * columns.count))
    }
    return GradCAM(rows: steps, columns: steps, values: values, share: share).plane(side: side)
  }
}
