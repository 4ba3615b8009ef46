import Engine
import Faces
import Foundation
import Media

/// The part of a 256×256 picture that is a face, for masks of forgeries.
struct FaceRegion {
  /// How much of each pixel is in it, with a hard edge.
  let plane: Plane

  /// The hull of a face's landmarks; without them an ellipse where faces of a face set are.
  init(of face: RealFace, includesForehead: Bool) {
    if let landmarks = face.landmarks {
      self.init(landmarks: landmarks, includesForehead: includesForehead)
    } else {
      self.init(FaceRegion.ellipse)
    }
  }

  /// The hull of 68 landmarks.
  init(landmarks: [SIMD2<Float>], includesForehead: Bool) {
    plane = FaceHull(landmarks: landmarks, includesForehead: includesForehead)
      .coverage(width: Crop.pictureSide, height: Crop.pictureSide)
  }

  /// A region of these pixels.
  init(_ plane: Plane) { self.plane = plane }

  /// `EllipseMask` in the picture, with a hard edge.
  private static let ellipse: Plane = {
    var shape = EllipseMask()
    shape.feather = 0.02
    let region = CropRegion(width: Crop.pictureSide, height: Crop.pictureSide)
    return Plane(
      width: Crop.pictureSide, height: Crop.pictureSide,
      values: (0..<Crop.pictureSide * Crop.pictureSide).map { pixel in
        let x = (Double(pixel % Crop.pictureSide) + 0.5 - region.x) / region.side
        let y = (Double(pixel / Crop.pictureSide) + 0.5 - region.y) / region.side
        return Float(shape.weight(x: x, y: y))
      })
  }()

  /// The part of it that lies in another region too.
  func shared(with other: FaceRegion) -> FaceRegion {
    FaceRegion(
      Plane(
        width: plane.width, height: plane.height,
        values: zip(plane.values, other.plane.values).map { min($0, $1) }))
  }

  /// The region with its outline moved smoothly by chance (Simard, Steinkraus & Platt 2003).
  ///
  /// - Parameters:
  ///   - strength: what evenly drawn noise of -1…1 at each pixel is multiplied with, after the blur.
  ///   - deviation: of that blur, in pixels, 4 or more.
  func deformed(strength: Double, deviation: Double, chance: inout RandomSource) -> FaceRegion {
    guard strength > 0 else { return self }
    // Noise at every fourth pixel, blurred as much less, is the same field when it is made weaker.
    let spacing = 4
    let side = Displacement.points(over: plane.width, spacing: spacing)
    let taps = BlurTaps(deviation: deviation / Double(spacing))
    let gain = Float(strength) / Float(spacing)
    func field() -> Plane {
      let noise = (0..<side * side).map { _ in gain * Float(chance.uniform(-1...1)) }
      return Plane(width: side, height: side, values: noise).blurred(by: taps)
    }
    let (across, down) = (field(), field())
    return FaceRegion(
      plane.displaced(by: Displacement(across: across, down: down, spacing: spacing)))
  }

  /// The region drawn in by a first blur, and with an edge made soft by a second one.
  ///
  /// As in the published recipe: only what the first blur leaves whole stays, so the region shrinks
  /// by about the first radius.
  func softened(drawnIn first: BlurTaps, soft second: BlurTaps) -> Plane {
    let inner = plane.blurred(by: first).map { $0 > 0.99 ? 1 : 0 }
    let soft = inner.blurred(by: second)
    let most = soft.values.max() ?? 0
    // A few millionths beyond the blur's reach are rounding, not mask.
    return most > 0 ? soft.map { $0 > 1e-4 ? min($0 / most, 1) : 0 } : soft
  }

  /// The blur that OpenCV does with a kernel of an odd size: its deviation, unless given, follows
  /// from the size.
  static func taps(kernel: Int, deviation: Double? = nil) -> BlurTaps {
    BlurTaps(
      deviation: deviation ?? 0.3 * (Double(kernel - 1) * 0.5 - 1) + 0.8, radius: kernel / 2)
  }
}

extension Plane {
  /// A mask without what a model of `Crop`'s 64×64 does not see; along the edges it fades out.
  var fadedOutsideCrop: Plane {
    let fade = Plane.cropFade.values
    return Plane(width: width, height: height, values: zip(values, fade).map { $0 * $1 })
  }

  /// 1 in the middle of `Crop`'s square, falling to 0 along its edges.
  private static let cropFade: Plane = {
    let side = Crop.pictureSide
    let region = CropRegion(width: side, height: side)
    let (first, last) = (region.columns.lowerBound, region.columns.upperBound - 1)
    func ramp(_ place: Int) -> Float {
      Float(min(max(min(place - first, last - place), 0), fadeLength)) / Float(fadeLength)
    }
    return Plane(
      width: side, height: side,
      values: (0..<side * side).map { ramp($0 % side) * ramp($0 / side) })
  }()

  /// Four of the model's pixels, as in conversion.
  private static let fadeLength = 10
}
