import Foundation
import Media

/// The texture energies of Laws ("Rapid texture identification", 1980): the mean response of a region to
/// products of one-dimensional filters for level, edge, spot and ripple.
struct LawsTexture {
  private static let level: [Float] = [1, 4, 6, 4, 1]
  private static let edge: [Float] = [-1, -2, 0, 2, 1]
  private static let spot: [Float] = [-1, 0, 2, 0, -1]
  private static let ripple: [Float] = [1, -4, 6, -4, 1]

  /// Pairs of filters down and across; a pair and its turned one count together.
  private static let pairs = [
    ("edges", level, edge), ("edges along edges", edge, edge), ("spots", level, spot),
    ("spots in both directions", spot, spot), ("ripples", ripple, ripple),
  ]

  static let names = pairs.map(\.0)

  private let luma: Plane
  /// The magnitude of each pair's response.
  private let responses: [[Float]]

  /// The responses of a whole plane.
  init(of luma: Plane) {
    self.luma = luma
    responses = LawsTexture.pairs.map { _, first, second in
      let one = LawsTexture.filtered(luma, down: first, across: second)
      guard first != second else { return one.map(abs) }
      let other = LawsTexture.filtered(luma, down: second, across: first)
      return zip(one, other).map { (abs($0) + abs($1)) / 2 }
    }
  }

  /// The logarithms of the energies in a region, in octaves.
  ///
  /// - Parameter region: the weight of each pixel; one with weight, at least.
  func energies(in region: Plane) -> [Double] {
    let places = region.values.indices.filter { region.values[$0] > 0 }
    func mean(_ values: [Float]) -> Double {
      let sum = places.reduce(0.0) { $0 + Double(values[$1] * region.values[$1]) }
      return sum / max(places.reduce(0.0) { $0 + Double(region.values[$1]) }, 1e-6)
    }
    // Contrast counts against the region's brightness.
    let light = max(mean(luma.values), 8)
    return responses.map { log2(mean($0) / light + 1e-3) }
  }

  /// The response to a separable filter; 0 within two pixels of the edges.
  private static func filtered(_ plane: Plane, down: [Float], across: [Float]) -> [Float] {
    let (width, height) = (plane.width, plane.height)
    var rows = [Float](repeating: 0, count: plane.values.count)
    guard width > 4, height > 4 else { return rows }
    for row in 0..<height {
      for column in 2..<width - 2 {
        let start = row * width + column - 2
        var sum: Float = 0
        for tap in 0..<5 { sum += across[tap] * plane.values[start + tap] }
        rows[start + 2] = sum
      }
    }
    var result = [Float](repeating: 0, count: plane.values.count)
    for row in 2..<height - 2 {
      for column in 0..<width {
        var sum: Float = 0
        for tap in 0..<5 { sum += down[tap] * rows[(row + tap - 2) * width + column] }
        result[row * width + column] = sum
      }
    }
    return result
  }
}
