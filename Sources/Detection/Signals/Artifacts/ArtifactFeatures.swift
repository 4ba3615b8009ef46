import Faces
import Foundation
import Media

/// What generated faces often get wrong, as numbers: eyes of different color and without reflections,
/// teeth without gaps, a face border and a nose with the texture of a mask.
///
/// The cues of Matern, Riess and Stamminger ("Exploiting visual artifacts to expose deepfakes and face
/// manipulations", 2019), which reached a ROC AUC of 0.851 with them.
enum ArtifactFeatures {
  static let names: [String] =
    [
      "difference of the irises' brightness", "difference of the irises' color",
      "weaker reflection of the eyes", "difference of the reflections",
      "distance of the reflections", "opening of the mouth", "bright share of the mouth",
    ]
    + ["eyes", "mouth", "nose", "face border"].flatMap { place in
      LawsTexture.names.map { "\(place): \($0)" }
    } + ["contrast across the face border", "color difference across the face border"]

  /// The width of an eye in the crop below which there is nothing to see.
  private static let leastEye = 8.0
  /// The opening of a mouth that shows teeth, as a share of its width.
  private static let leastOpening = 0.08

  /// The features of a face; nil where its eyes are too small or out of the picture.
  static func of(_ crop: Image, _ points: [SIMD2<Float>]) -> [Double]? {
    let luma = crop.luma
    let texture = LawsTexture(of: luma)
    let eyes = [36, 42].compactMap { Eye(in: crop, luma, points, first: $0) }
    guard eyes.count == 2 else { return nil }
    let color = eyes[0].chroma - eyes[1].chroma
    let away = eyes[0].highlight - eyes[1].highlight
    var features = [
      abs(eyes[0].brightness - eyes[1].brightness), (color * color).sum().squareRoot(),
      min(eyes[0].reflection, eyes[1].reflection),
      abs(eyes[0].reflection - eyes[1].reflection), (away * away).sum().squareRoot(),
    ]
    let mouth = region(Array(points[60..<68]), of: crop)
    let width = length(points[64] - points[60])
    let opening =
      (length(points[61] - points[67]) + length(points[62] - points[66])
        + length(points[63] - points[65])) / 3 / max(width, 1)
    let skin = mean(luma, in: region(Array(points[27..<36]), of: crop))
    let shows = opening >= leastOpening && mouth.values.reduce(0, +) >= 20
    let bright = zip(luma.values, mouth.values).reduce(0.0) {
      $0 + (Double($1.0) > skin ? Double($1.1) : 0)
    }
    let area = max(mouth.values.reduce(0.0) { $0 + Double($1) }, 1e-6)
    features += [opening, shows ? bright / area : 0]
    let sockets = [36..<42, 42..<48].map { region(Array(points[$0]), of: crop) }
    let both = Plane(
      width: crop.width, height: crop.height,
      values: zip(sockets[0].values, sockets[1].values).map(max))
    features += texture.energies(in: both)
    // A closed mouth has no texture to tell, and stands for the mean.
    features +=
      shows
      ? texture.energies(in: mouth) : LawsTexture.names.map { _ in closedMouth }
    features += texture.energies(in: region(Array(points[27..<36]), of: crop))
    let border = Border(points, crop)
    features += texture.energies(in: border.band)
    let (inside, outside) = (mean(luma, in: border.inside), mean(luma, in: border.outside))
    let colors = [border.inside, border.outside].map { chroma(of: crop, in: $0) }
    let change = colors[0] - colors[1]
    return features + [
      abs(inside - outside) / max(inside, 8), (change * change).sum().squareRoot(),
    ]
  }

  /// What stands for the texture of a mouth that is closed, in octaves.
  private static let closedMouth = -1.0

  /// An eye's iris: its color, and the reflection on it.
  private struct Eye {
    /// Of the iris, 0…1.
    let brightness: Double
    /// Red and blue against the brightness.
    let chroma: SIMD2<Double>
    /// How much brighter the brightest place of the iris is than its middle brightness, 0…1.
    let reflection: Double
    /// Where that is, in widths of the eye from its middle.
    let highlight: SIMD2<Double>

    init?(in crop: Image, _ luma: Plane, _ points: [SIMD2<Float>], first: Int) {
      let (left, right) = (points[first], points[first + 3])
      let width = length(right - left)
      guard width >= ArtifactFeatures.leastEye else { return nil }
      let socket = ArtifactFeatures.region(Array(points[first..<first + 6]), of: crop)
      let inside = socket.values.indices.filter { socket.values[$0] > 0.5 }
      guard inside.count >= 12 else { return nil }
      // The darker half of what the lids leave open is the iris; its middle is theirs.
      let dark = inside.sorted { (luma.values[$0], $0) < (luma.values[$1], $1) }.prefix(
        inside.count / 2)
      let center =
        dark.reduce(SIMD2(0.0, 0.0)) {
          $0 + SIMD2(Double($1 % crop.width) + 0.5, Double($1 / crop.width) + 0.5)
        } / Double(dark.count)
      func distance(_ place: Int) -> Double {
        let away =
          SIMD2(Double(place % crop.width) + 0.5, Double(place / crop.width) + 0.5) - center
        return (away * away).sum().squareRoot() / width
      }
      let iris = inside.filter { distance($0) <= 0.2 }
      // The white of the eye is no reflection.
      let inner = inside.filter { distance($0) <= 0.14 }
      guard iris.count >= 6, !inner.isEmpty else { return nil }
      let levels = iris.map { Double(luma.values[$0]) }.sorted()
      let middle = levels[levels.count / 2]
      let brightest = inner.max { luma.values[$0] < luma.values[$1] } ?? inner[0]
      brightness = middle / 255
      reflection = (Double(luma.values[brightest]) - middle) / 255
      // Reflections and the white have no part in the iris's color.
      let own = iris.filter { Double(luma.values[$0]) <= middle }
      var sum = SIMD3(0.0, 0.0, 0.0)
      for place in own {
        sum += SIMD3(
          Double(crop.pixels[3 * place]), Double(crop.pixels[3 * place + 1]),
          Double(crop.pixels[3 * place + 2]))
      }
      let mean = sum / Double(own.count) / 255
      let light = max((mean * SIMD3(0.299, 0.587, 0.114)).sum(), 0.02)
      chroma = SIMD2(mean.x - light, mean.z - light) / light
      let place = SIMD2(
        Double(brightest % crop.width) + 0.5, Double(brightest / crop.width) + 0.5)
      highlight = (place - SIMD2<Double>(left + right) / 2) / width
    }
  }

  /// A band along the jaw, and what lies to both sides of it.
  private struct Border {
    let band, inside, outside: Plane

    init(_ points: [SIMD2<Float>], _ crop: Image) {
      let center = points.reduce(SIMD2(0, 0), +) / Float(points.count)
      func hull(_ factor: Float) -> Plane {
        FaceHull(
          landmarks: points.map { center + ($0 - center) * factor }, includesForehead: false
        ).coverage(width: crop.width, height: crop.height)
      }
      let hulls = [0.8, 0.92, 1.08, 1.2].map { hull(Float($0)) }
      func between(_ outer: Plane, _ inner: Plane) -> Plane {
        Plane(
          width: crop.width, height: crop.height,
          values: zip(outer.values, inner.values).map { max(0, $0 - $1) })
      }
      band = between(hulls[2], hulls[1])
      inside = between(hulls[1], hulls[0])
      outside = between(hulls[3], hulls[2])
    }
  }

  /// The weight of each pixel in the hull of some points.
  private static func region(_ points: [SIMD2<Float>], of crop: Image) -> Plane {
    FaceHull(points: points).coverage(width: crop.width, height: crop.height)
  }

  private static func mean(_ luma: Plane, in region: Plane) -> Double {
    let weight = region.values.reduce(0.0) { $0 + Double($1) }
    return zip(luma.values, region.values).reduce(0.0) { $0 + Double($1.0 * $1.1) }
      / max(weight, 1e-6)
  }

  /// Mean red and blue of a region against its brightness.
  private static func chroma(of crop: Image, in region: Plane) -> SIMD2<Double> {
    var (sum, weight) = (SIMD3(0.0, 0.0, 0.0), 0.0)
    for place in region.values.indices where region.values[place] > 0 {
      let share = Double(region.values[place])
      sum +=
        share
        * SIMD3(
          Double(crop.pixels[3 * place]), Double(crop.pixels[3 * place + 1]),
          Double(crop.pixels[3 * place + 2]))
      weight += share
    }
    let mean = sum / max(weight, 1e-6) / 255
    let light = max((mean * SIMD3(0.299, 0.587, 0.114)).sum(), 0.02)
    return SIMD2(mean.x - light, mean.z - light) / light
  }

  private static func length(_ vector: SIMD2<Float>) -> Double {
    let vector = SIMD2<Double>(vector)
    return (vector * vector).sum().squareRoot()
  }
}
