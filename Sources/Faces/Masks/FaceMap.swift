public import Media

/// The regions of a face in its 256×256 picture, as a picture of three masks.
///
/// Red is the face as swaps show it (`LandmarkMask.insertion`), green the eyes with their lids,
/// blue the mouth. As a picture, it can be warped like the face itself.
public enum FaceMap {
  /// The map of a face with these 68 landmarks, in pixels of the picture.
  public static func picture(landmarks: [SIMD2<Float>]) -> Image {
    let side = Crop.pictureSide
    let face = LandmarkMask.insertion(landmarks: landmarks, width: side, height: side)
    let width = FaceBox(around: landmarks).width
    let points = landmarks.map { SIMD2<Double>($0) }
    let reach = 0.06 * width
    let eyes = [36..<42, 42..<48].map { ConvexHull(of: points[$0]) }
    let mouth = ConvexHull(of: points[48..<60])
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    for row in 0..<side {
      for column in 0..<side {
        let at = (row * side + column) * 3
        pixels[at] = face[row * side + column]
        // Eyes and mouth lie inside the face.
        guard face[row * side + column] > 0 else { continue }
        let place = SIMD2(Double(column) + 0.5, Double(row) + 0.5)
        pixels[at + 1] = near(eyes, place, within: reach)
        pixels[at + 2] = near([mouth], place, within: reach)
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  /// The map of a face without landmarks: the ellipse, without eyes and mouth.
  public static func ellipse() -> Image {
    let side = Crop.pictureSide
    let margin = Double(side) * (1 - Crop.coverage) / 2
    let scale = 1 / (Double(side) * Crop.coverage)
    let mask = EllipseMask()
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    for row in 0..<side {
      for column in 0..<side {
        let weight = mask.weight(
          x: (Double(column) + 0.5 - margin) * scale, y: (Double(row) + 0.5 - margin) * scale)
        pixels[(row * side + column) * 3] = UInt8((weight * 255).rounded())
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  /// 255 inside any of the hulls, falling to 0 within `reach` around them.
  private static func near(
    _ hulls: [ConvexHull], _ place: SIMD2<Double>, within reach: Double
  ) -> UInt8 {
    let distance = hulls.map { $0.distance(to: place) }.min() ?? .infinity
    guard distance < reach else { return 0 }
    let t = min(1 - distance / max(reach, 1), 1)
    return UInt8((t * t * (3 - 2 * t) * 255).rounded())
  }
}
