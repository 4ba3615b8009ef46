import Foundation
import Media

/// Estimates the fixed pattern of a sensor from pictures that it took: where each pixel is too bright
/// or too dark, as a share of the light.
///
/// The maximum likelihood estimate of Chen, Fridrich, Goljan and Lukáš ("Determining image origin and
/// integrity using sensor noise", 2008): the sum of residual times light, over the sum of squared
/// light.
struct NoisePatternEstimator: Sendable {
  let width, height: Int
  private var products, squares: [Float]
  /// The number of pictures.
  private(set) var count = 0

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    products = [Float](repeating: 0, count: width * height)
    squares = products
  }

  /// Adds a picture by its luma and residual, in gray levels.
  mutating func add(_ luma: Plane, residual: Plane) {
    precondition(luma.width == width && luma.height == height, "\(luma.width)×\(luma.height)")
    for place in products.indices {
      let light = NoisePatternEstimator.light(luma.values[place])
      products[place] += residual.values[place] * light
      squares[place] += light * light
    }
    count += 1
  }

  /// How much the pattern shows at a gray level, 0…1: in proportion to the light, and not where the
  /// sensor is saturated.
  static func light(_ level: Float) -> Float { level < 250 ? level / 250 : 0 }

  /// The pattern, cleaned.
  func pattern() throws(DetectionError) -> Plane {
    let raw = zip(products, squares).map { $0 / ($1 + 1) }
    return try Plane(width: width, height: height, values: raw).cleanedOfOtherPatterns()
  }
}

extension Plane {
  /// The plane without what all sensors and encoders of a kind share: means of rows and columns, by
  /// each color of a Bayer filter, and what repeats.
  ///
  /// The second is Wiener's filter on the magnitudes of the Fourier transform (Chen and others 2008).
  func cleanedOfOtherPatterns() throws(DetectionError) -> Plane {
    let centered = withoutLineMeans()
    let count = Float(values.count)
    let mean = centered.values.reduce(0, +) / count
    let variance = centered.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 0 else { return centered }
    let transform = try FourierPair(width: width, height: height)
    var parts = transform.coefficients(of: centered.values)
    // All columns: the missing half mirrors the other.
    let half = width / 2 + 1
    var magnitudes = [Float](repeating: 0, count: values.count)
    let scale = 1 / Float(values.count).squareRoot()
    for row in 0..<height {
      for column in 0..<width {
        let place =
          column < half
          ? row * half + column : (height - row) % height * half + width - column
        let (a, b) = (parts[2 * place], parts[2 * place + 1])
        magnitudes[row * width + column] = (a * a + b * b).squareRoot() * scale
      }
    }
    let noise = NoiseResidual.noise(
      in: magnitudes, width: width, height: height, variance: variance)
    for row in 0..<height {
      for column in 0..<half {
        let magnitude = magnitudes[row * width + column]
        let factor = magnitude > 0 ? noise[row * width + column] / magnitude : 0
        let place = row * half + column
        parts[2 * place] *= factor
        parts[2 * place + 1] *= factor
      }
    }
    return Plane(width: width, height: height, values: transform.values(of: parts))
  }

  /// The plane with means of 0 in all rows and columns of each of the four places of a 2×2 square.
  func withoutLineMeans() -> Plane {
    var values = self.values
    for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
      let (columns, rows) = (
        Array(stride(from: x, to: width, by: 2)), Array(stride(from: y, to: height, by: 2))
      )
      guard !columns.isEmpty, !rows.isEmpty else { continue }
      for row in rows {
        let mean = columns.reduce(Float(0)) { $0 + values[row * width + $1] } / Float(columns.count)
        for column in columns { values[row * width + column] -= mean }
      }
      for column in columns {
        let mean = rows.reduce(Float(0)) { $0 + values[$1 * width + column] } / Float(rows.count)
        for row in rows { values[row * width + column] -= mean }
      }
    }
    return Plane(width: width, height: height, values: values)
  }
}

/// How far one place of a correlation over shifts stands out: the ratio of its square to the mean
/// square elsewhere, with its sign (peak-to-correlation energy, PCE; Goljan 2009).
struct CorrelationPeak: Equatable, Sendable {
  /// The shift of the peak, in pixels.
  let x, y: Int
  let energy: Double

  /// The side of the square around the peak that counts for it.
  private static let neighborhood = 11

  /// The peak of a correlation over circular shifts.
  ///
  /// - Parameter place: the column and row; nil for the highest.
  init(in correlation: [Float], width: Int, height: Int, at place: (x: Int, y: Int)? = nil) {
    precondition(correlation.count == width * height, "\(correlation.count) shifts")
    let peak: Int
    if let place {
      peak = place.y * width + place.x
    } else {
      peak = correlation.indices.max { correlation[$0] < correlation[$1] } ?? 0
    }
    let (x, y) = (peak % width, peak / width)
    let reach = CorrelationPeak.neighborhood / 2
    var (total, count) = (correlation.reduce(0.0) { $0 + Double($1) * Double($1) }, width * height)
    var seen = Set<Int>()
    for row in y - reach...y + reach {
      for column in x - reach...x + reach {
        let place =
          (row % height + height) % height * width + (column % width + width) % width
        guard seen.insert(place).inserted else { continue }
        total -= Double(correlation[place]) * Double(correlation[place])
        count -= 1
      }
    }
    let height0 = Double(correlation[peak])
    let mean = count > 0 ? max(total, 0) / Double(count) : 0
    energy = mean > 0 ? height0 * abs(height0) / mean : 0
    // Shifts of more than half a picture are those to the other side.
    self.x = x > width / 2 ? x - width : x
    self.y = y > height / 2 ? y - height : y
  }
}
