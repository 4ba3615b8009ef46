import Engine
import Media

/// The periodic gains that an upsampling by an integer factor leaves in each of its blocks.
struct GridPattern {
  let factor: Int
  /// True if blocks are flat, as if pixels were repeated.
  let repeatsPixels: Bool
  /// The gains of the block's positions, row by row, for red, green and blue; their mean is 1.
  let gains: [SIMD3<Float>]

  init(_ kind: SpectralGrid.Kind, factor: Int, strength: Double, chance: inout RandomSource) {
    precondition(factor >= 2, "blocks of \(factor) pixels a side are no grid")
    self.factor = factor
    repeatsPixels = kind == .nearest
    let count = factor * factor
    var gains = [SIMD3<Float>](repeating: .zero, count: count)
    switch kind {
    case .zeros:
      // One position compensates for the others.
      let share = SIMD3<Float>(repeating: Float(strength / Double(count - 1).squareRoot()))
      for place in 1..<count { gains[place] -= share }
      gains[0] += share * Float(count - 1)
    case .transposed:
      for place in 0..<count {
        for channel in 0..<3 {
          gains[place][channel] = Float(strength * 3.0.squareRoot() * chance.uniform(-1...1))
        }
      }
      let mean = gains.reduce(.zero, +) / Float(count)
      for place in 0..<count { gains[place] -= mean }
    case .nearest, .autoencoder: break
    }
    self.gains = gains.map { $0 + 1 }
  }

  /// The picture after the upsampling, with a share of the lost detail restored.
  func applied(to image: Image, detail: Float) -> Image {
    let (width, height) = (image.width, image.height)
    let (columns, rows) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
    let small = image.resized(width: columns, height: rows, filter: .area)
    let smooth = small.resized(width: width, height: height, filter: .bilinear)
    var pixels = smooth.mixed(with: image, weight: detail).pixels
    for y in 0..<height {
      for x in 0..<width {
        let gain = gains[y % factor * factor + x % factor]
        let at = (y * width + x) * 3
        let block = (y / factor * columns + x / factor) * 3
        for channel in 0..<3 {
          var value = Float(pixels[at + channel]) * gain[channel]
          if repeatsPixels {
            value += Float(small.pixels[block + channel]) - Float(smooth.pixels[at + channel])
          }
          pixels[at + channel] = UInt8(min(max(value + 0.5, 0), 255))
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
