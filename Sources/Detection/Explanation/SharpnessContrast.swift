import Faces
import Foundation
public import Media

/// The sharpness of the face relative to its surroundings.
///
/// A face that was generated at another resolution, or blurred when it was inserted, has other fine
/// detail than its surroundings; a camera treats both alike.
public struct SharpnessContrast: Codable, Equatable, Sendable {
  /// The base 2 logarithm of the fine detail inside the face over that around it: 0 if both are
  /// equally sharp.
  public let value: Double

  /// The width of the ring around the face, in pixels of 256.
  private static let ring = 24

  /// - Parameters:
  ///   - face: 256×256.
  ///   - landmarks: its 68 points, in its pixels.
  public init(of face: Image, landmarks: [SIMD2<Float>]) {
    let (width, height) = (face.width, face.height)
    let hull = FaceHull(landmarks: landmarks, includesForehead: false)
      .coverage(width: width, height: height)
    let near = hull.blurred(deviation: Double(SharpnessContrast.ring) / 2)
    let smooth = face.blurred(deviation: 1)
    var sums = (inside: 0.0, around: 0.0)
    var counts = (inside: 0, around: 0)
    for place in 0..<width * height {
      let isInside = hull.values[place] > 0.99 && near.values[place] > 0.75
      let isAround = hull.values[place] == 0 && near.values[place] > 0.05
      guard isInside || isAround else { continue }
      var detail = 0.0
      for channel in 0..<3 {
        detail += abs(
          Double(face.pixels[place * 3 + channel]) - Double(smooth.pixels[place * 3 + channel]))
      }
      if isInside {
        sums.inside += detail
        counts.inside += 1
      } else {
        sums.around += detail
        counts.around += 1
      }
    }
    let inside = sums.inside / Double(max(1, counts.inside))
    let around = sums.around / Double(max(1, counts.around))
    value = log2((inside + 0.05) / (around + 0.05))
  }
}

/// The distribution of a measurement on real faces.
public struct RealBand: Codable, Equatable, Sendable {
  public let mean, deviation: Double
  /// The number of faces.
  public let faces: Int

  /// - Parameter values: at least two.
  public init(of values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    (self.mean, faces) = (mean, values.count)
    deviation = (squares / Double(max(1, values.count - 1))).squareRoot()
  }

  /// A value's distance from the mean, in standard deviations.
  public func deviations(of value: Double) -> Double {
    deviation > 0 ? (value - mean) / deviation : 0
  }
}
