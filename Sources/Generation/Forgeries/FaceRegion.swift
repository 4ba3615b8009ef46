import Engine
import Faces
import Foundation
import Media

/// The face region of a 256×256 picture, for masks of forgeries.
struct FaceRegion {
  /// The coverage of each pixel, with a hard edge.
  let plane: Plane

  /// A part of a face, or an ellipse at the default position of a face without landmarks.
  init(of face: RealFace, _ shape: FaceShape = .face, includesForehead: Bool) {
    if let landmarks = face.landmarks {
      self.init(landmarks: landmarks, shape, includesForehead: includesForehead)
    } else {
      self.init(FaceRegion.ellipse)
    }
  }

  /// A part of the face with these 68 landmarks.
  init(landmarks: [SIMD2<Float>], _ shape: FaceShape = .face, includesForehead: Bool) {
    plane = shape.hull(of: landmarks, includesForehead: includesForehead)
      .coverage(width: Crop.pictureSide, height: Crop.pictureSide)
  }

  /// A region from its coverage.
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

  /// The intersection with another region.
  func shared(with other: FaceRegion) -> FaceRegion {
    FaceRegion(
      Plane(
        width: plane.width, height: plane.height,
        values: zip(plane.values, other.plane.values).map { min($0, $1) }))
  }

  /// The union with another region.
  func joined(with other: FaceRegion) -> FaceRegion {
    FaceRegion(
      Plane(
        width: plane.width, height: plane.height,
        values: zip(plane.values, other.plane.values).map { max($0, $1) }))
  }

  /// The region with its outline displaced by smooth noise (Simard, Steinkraus & Platt 2003).
  ///
  /// - Parameters:
  ///   - strength: the factor for uniform noise of -1…1 at each pixel, after the blur.
  ///   - deviation: the standard deviation of that blur, in pixels, 4 or more.
  func deformed(strength: Double, deviation: Double, chance: inout RandomSource) -> FaceRegion {
    guard strength > 0 else { return self }
    // Noise at every fourth pixel with a proportionally smaller blur and amplitude gives the same
    // field.
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

  /// The region eroded by a first blur, and softened by a second one.
  ///
  /// As in the published recipe, only what the first blur leaves fully inside stays, so the region
  /// shrinks by about the first radius.
  func softened(drawnIn first: BlurTaps, soft second: BlurTaps) -> Plane {
    let inner = plane.blurred(by: first).map { $0 > 0.99 ? 1 : 0 }
    let soft = inner.blurred(by: second)
    let most = soft.values.max() ?? 0
    // A few millionths beyond the blur's reach are rounding errors.
    return most > 0 ? soft.map { $0 > 1e-4 ? min($0 / most, 1) : 0 } : soft
  }

  /// OpenCV's blur with a kernel of an odd size: by default, its standard deviation is computed
  /// from the size.
  static func taps(kernel: Int, deviation: Double? = nil) -> BlurTaps {
    BlurTaps(
      deviation: deviation ?? 0.3 * (Double(kernel - 1) * 0.5 - 1) + 0.8, radius: kernel / 2)
  }
}

extension Plane {
  /// A mask limited to the model's 64×64 region, fading out along the edges.
  var fadedOutsideCrop: Plane {
    let fade = Plane.cropFade.values
    return Plane(width: width, height: height, values: zip(values, fade).map { $0 * $1 })
  }

  /// 1 in the square of `Crop`, 0 around it.
  static let wholeCrop: Plane = {
    let side = Crop.pictureSide
    let region = CropRegion(width: side, height: side)
    return Plane(
      width: side, height: side,
      values: (0..<side * side).map {
        region.columns.contains($0 % side) && region.rows.contains($0 / side) ? 1 : 0
      })
  }()

  /// 1 inside the square of `Crop`, falling to 0 along its edges.
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
