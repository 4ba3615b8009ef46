import Foundation

/// The ring of each coefficient around the center of a shifted spectrum.
///
/// As in "Unmasking DeepFakes with simple Features": the center is (n − 1) / 2 on both axes, half a
/// pixel off the constant term for even n; radii are rounded down; radius 0 and the largest radius
/// are dropped; the corners are kept. A picture of 1024×1024 has 722 rings, one of 64×64 has 43.
struct SpectrumRings: Sendable {
  /// The number of rings.
  let count: Int
  /// For each coefficient of columns 0 to width / 2, row by row, two rings: its own and that of its
  /// mirror image, which is in no such column; `count` for none.
  let places: [Int32]
  /// The number of coefficients in each ring.
  let sizes: [Float]

  init(width: Int, height: Int) {
    let center = (x: Double(width - 1) / 2, y: Double(height - 1) / 2)
    let largest = Int(hypot(center.x, center.y))
    let count = largest - 1
    func ring(_ column: Int, _ row: Int) -> Int {
      let x = Double((column + width / 2) % width)
      let y = Double((row + height / 2) % height)
      let radius = Int(hypot(x - center.x, y - center.y))
      return (1..<largest).contains(radius) ? radius - 1 : count
    }
    var places: [Int32] = []
    var sizes = [Float](repeating: 0, count: count + 1)
    for row in 0..<height {
      for column in 0...width / 2 {
        let mirrored = (width - column) % width
        let own = ring(column, row)
        let other = mirrored > width / 2 ? ring(mirrored, (height - row) % height) : count
        places.append(Int32(own))
        places.append(Int32(other))
        sizes[own] += 1
        sizes[other] += 1
      }
    }
    (self.count, self.places, self.sizes) = (count, places, Array(sizes.dropLast()))
  }
}
