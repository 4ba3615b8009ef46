public import Engine
import Faces
public import Media

/// Whether swaps preserve expression and pose: the distance of their landmarks from ground truth's.
///
/// The landmarks of a swap must be predicted. The same predictor is therefore applied to ground
/// truth in the same way, as an upscaled 64×64 face, so that common errors cancel. Both are placed
/// in the same surroundings, those of ground truth, so that only the face differs.
public struct GroundTruthLandmarks: Sendable {
  /// Finds the 68 landmarks (iBUG's order), in pixels, of the face in picture `index`; nil if there
  /// are none.
  public typealias Finder = @Sendable (_ picture: Image, _ index: Int) -> [SIMD2<Float>]?

  /// Brows, nose, eyes and mouth: the jaw lies along the edge of the crop, and partly outside.
  public static let inner = 17..<68

  private let pictures: [Image]
  private let eyes: [Float]
  private let find: Finder
  private let found: [[SIMD2<Float>]?]
  /// The predictor's distance from the exact landmarks on ground truth itself, in the unit of
  /// `errors`: the resolution for a single picture.
  public let finderErrors: [Double?]

  /// - Parameters:
  ///   - truths: ground truth, `[N, 64, 64, 3]` in 0…1.
  ///   - pictures: the whole 256×256 pictures.
  ///   - landmarks: the exact landmarks of these pictures; the unit is the distance between the
  ///     outer corners of the eyes.
  public init(
    truths: Tensor, pictures: [Image], landmarks: [[SIMD2<Float>]], find: @escaping Finder
  ) {
    precondition(
      truths.shape[0] == pictures.count && landmarks.count == pictures.count,
      "\(truths.shape[0]) truths, \(pictures.count) pictures, \(landmarks.count) faces")
    self.pictures = pictures
    self.find = find
    let eyes = landmarks.map { GroundTruthLandmarks.distance($0[36], $0[45]) }
    let found = ThreadPool.map(pictures.count) { find(pictures[$0].pasted(truths, at: $0), $0) }
    finderErrors = zip(found, eyes).enumerated().map { index, pair in
      pair.0.map { GroundTruthLandmarks.error(of: $0, from: landmarks[index], unit: pair.1) }
    }
    (self.eyes, self.found) = (eyes, found)
  }

  /// The mean distance of each swap's inner landmarks from ground truth's, in percent of the
  /// distance between the eyes' outer corners; nil if none were found in either.
  public func errors(of swaps: Tensor) -> [Double?] {
    ThreadPool.map(pictures.count) { index in
      guard let truth = found[index],
        let swap = find(pictures[index].pasted(swaps, at: index), index)
      else { return nil }
      return GroundTruthLandmarks.error(of: swap, from: truth, unit: eyes[index])
    }
  }

  static func error(
    of points: [SIMD2<Float>], from others: [SIMD2<Float>], unit: Float
  ) -> Double {
    let sum = inner.reduce(0) { $0 + Double(distance(points[$1], others[$1])) }
    return 100 * sum / Double(inner.count) / Double(unit)
  }

  private static func distance(_ x: SIMD2<Float>, _ y: SIMD2<Float>) -> Float {
    let step = x - y
    return (step.x * step.x + step.y * step.y).squareRoot()
  }
}

extension Image {
  /// The picture with face `index` of `[N, H, W, 3]` in the whole square of `Crop`.
  func pasted(_ faces: Tensor, at index: Int) -> Image {
    let region = CropRegion(width: width, height: height)
    let face = FacePatch(of: faces, at: index).resized(into: region)
    var pixels = pixels
    for row in 0..<face.height {
      let to = ((row + region.rows.lowerBound) * width + region.columns.lowerBound) * 3
      for at in 0..<face.width * 3 {
        pixels[to + at] = UInt8(
          (min(max(face.values[row * face.width * 3 + at], 0), 1) * 255).rounded())
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
