import Engine
public import Media

/// Soft pictures that differ in two random colors, a direction and a spot: learnable in few steps.
///
/// - Parameter side: rows and columns.
public func gradientPictures(_ count: Int, side: Int = 256, seed: UInt64) -> [Image] {
  let randomness = RandomSource(seed: seed)
  return ThreadPool.map(count) { index in
    var source = randomness.split(index)
    let colors = (0..<6).map { _ in source.uniform(40...215) }
    let (dx, dy) = (source.uniform(-1...1), source.uniform(-1...1))
    let (spotX, spotY) = (source.uniform(0.3...0.7), source.uniform(0.3...0.7))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for row in 0..<side {
      let y = Double(row) / Double(side)
      for column in 0..<side {
        let x = Double(column) / Double(side)
        let isSpot = (x - spotX) * (x - spotX) + (y - spotY) * (y - spotY) < 0.02
        let share = min(max(0.5 + dx * (x - 0.5) + dy * (y - 0.5), 0), 1)
        for channel in 0..<3 {
          let value = colors[channel] + share * (colors[channel + 3] - colors[channel])
          pixels.append(UInt8(isSpot ? 255 - value : value))
        }
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }
}
