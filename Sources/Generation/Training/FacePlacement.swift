public import Engine
public import Faces
public import Media

/// The insertion of a generated face into its picture, as a linear map with an exact adjoint.
///
/// As in forgeries, the face gets the mean color of the picture's face under the mask, is resized
/// to its 160×160 pixels by Lanczos' filter, and is blended with the mask. Steps without a useful
/// derivative are omitted: rounding to 8 bits, nonlinear color transfers, and compression.
/// compression.
public struct FacePlacement: Sendable {
  private let picture: [Float]
  /// The mask, 256×256.
  private let mask: [Float]
  /// The weight of each pixel of the face in its mean color; they sum to 1, or all are 0.
  private let weights: [Float]
  /// The mean color to match.
  private let color: SIMD3<Float>
  /// Pixels along a side of the face.
  private let inner: Int

  /// Pixels along a side of the picture.
  private static let outer = Crop.pictureSide
  private static let region = CropRegion(width: outer, height: outer)

  /// A placement with a random mask as in forgeries.
  ///
  /// - Parameters:
  ///   - picture: 256×256.
  ///   - landmarks: the 68 in its pixels; without them the mask is an ellipse.
  ///   - side: the side of the face, in pixels.
  public init(
    into picture: Image, landmarks: [SIMD2<Float>]?, side: Int = Crop.side,
    randomness: RandomSource
  ) {
    var chance = randomness
    let face = RealFace(image: picture, landmarks: landmarks, identity: "", clip: "")
    let mask = ModelFaceSettings().drawnMask(of: face, chance: &chance)
    self.init(into: picture, mask: mask, side: side)
  }

  init(into picture: Image, mask: Plane, side: Int = Crop.side) {
    inner = side
    self.picture = picture.pixels.map { Float($0) / 255 }
    self.mask = mask.values
    let shares = ModelFace.weights(mask, side: side)
    let sum = shares.reduce(0, +)
    weights = shares.map { sum > 0 ? $0 / sum : 0 }
    let seen = FacePatch(of: Crop.face(picture, side: side), at: 0).values
    color = FacePlacement.mean(seen, weights)
  }

  /// The picture with the face in it.
  ///
  /// - Parameter face: its colors in 0…1, row by row.
  /// - Returns: 256×256 colors.
  public func placed(_ face: [Float]) -> [Float] {
    let own = FacePlacement.mean(face, weights)
    let change = weights.contains { $0 > 0 } ? color - own : .zero
    var fitted = FacePatch(width: inner, height: inner, values: face)
    for index in face.indices { fitted.values[index] += change[index % 3] }
    let layer = fitted.resized(into: FacePlacement.region).values
    var result = picture
    forEachPlace { place, own in
      result[place] += mask[place / 3] * (layer[own] - picture[place])
    }
    return result
  }

  /// Propagates a gradient from the resulting picture to the face.
  public func returned(_ gradient: [Float]) -> [Float] {
    let region = FacePlacement.region
    let (columns, rows) = (region.columns, region.rows)
    var layer = [Float](repeating: 0, count: columns.count * rows.count * 3)
    forEachPlace { place, own in layer[own] = mask[place / 3] * gradient[place] }
    var face = FacePatch(width: columns.count, height: rows.count, values: layer)
      .gathered(from: region, side: inner).values
    // The subtracted mean depends on the face.
    var sums = SIMD3<Float>.zero
    for index in face.indices { sums[index % 3] += face[index] }
    for index in face.indices { face[index] -= weights[index / 3] * sums[index % 3] }
    return face
  }

  /// Visits each value of the picture under the face's layer, with the layer's own.
  private func forEachPlace(_ body: (_ place: Int, _ own: Int) -> Void) {
    let region = FacePlacement.region
    var own = 0
    for row in region.rows {
      let line = row * FacePlacement.outer
      for place in (line + region.columns.lowerBound) * 3..<(line + region.columns.upperBound) * 3 {
        body(place, own)
        own += 1
      }
    }
  }

  private static func mean(_ face: [Float], _ weights: [Float]) -> SIMD3<Float> {
    var mean = SIMD3<Float>.zero
    for pixel in weights.indices where weights[pixel] > 0 {
      let at = pixel * 3
      mean += weights[pixel] * SIMD3(face[at], face[at + 1], face[at + 2])
    }
    return mean
  }
}
