import Foundation

/// Histograms of oriented gradients of a face inside a mask: its features without color and light.
///
/// Dalal & Triggs 2005; Déniz et al. 2011 found them to discriminate faces: cells of 8×8 pixels, 9
/// unsigned directions, votes shared linearly between neighboring cells and directions, normalized
/// blocks of 2×2 cells. Votes are also weighted by the mask at their pixels. Light is the luma of
/// Rec. 601, slightly smoothed (σ 1, inside the mask), so that a less sharp face is not mistaken
/// for another person's.
struct OrientedGradients: Sendable {
  static let cell = 8
  static let directions = 9
  /// The number of features per block.
  static let blockSize = 4 * directions
  /// The mean difference between neighboring pixels, of 0…1, below which a block is empty.
  static let nothing = 0.001

  /// The features of all blocks, each normalized to length 1, or less if it is almost empty.
  let features: [Double]
  /// The mean difference between neighboring pixels in each block, of 0…1.
  let strengths: [Double]

  /// - Parameter picture: its width and height must be multiples of 8.
  init(of picture: Channels, mask: [Double]) {
    let (cell, directions) = (OrientedGradients.cell, OrientedGradients.directions)
    let (width, height) = (picture.width, picture.height)
    let planes = picture.planes
    let luma = MaskedPlane(
      width: width, height: height,
      values: (0..<width * height).map {
        0.299 * planes[0][$0] + 0.587 * planes[1][$0] + 0.114 * planes[2][$0]
      }, mask: mask
    ).smoothed()
    let columns = width / cell
    let rows = height / cell
    var votes = [Double](repeating: 0, count: (rows + 2) * (columns + 2) * directions)
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        let place = y * width + x
        let weight = min(
          mask[place], min(mask[place - 1], mask[place + 1]),
          min(mask[place - width], mask[place + width]))
        let dx = (luma[place + 1] - luma[place - 1]) / 2
        let dy = (luma[place + width] - luma[place - width]) / 2
        let strength = weight * (dx * dx + dy * dy).squareRoot()
        guard strength > 0 else { continue }
        // Cell centers lie at 4, 12, … pixels; the histogram has a border of one cell.
        let across = Share((Double(x) + 0.5) / Double(cell) + 0.5)
        let down = Share((Double(y) + 0.5) / Double(cell) + 0.5)
        let angle = atan2(dy, dx) / Double.pi * Double(directions)
        let turn = Share(angle < 0 ? angle + Double(directions) : angle)
        for row in 0..<2 {
          for column in 0..<2 {
            let bin = (down.lower + row) * (columns + 2) + across.lower + column
            let vote = strength * down[row] * across[column]
            votes[bin * directions + turn.lower % directions] += vote * turn[0]
            votes[bin * directions + (turn.lower + 1) % directions] += vote * turn[1]
          }
        }
      }
    }
    var features: [Double] = []
    var strengths: [Double] = []
    for row in 1..<rows {
      for column in 1..<columns {
        var block: [Double] = []
        for y in row...row + 1 {
          let start = (y * (columns + 2) + column) * directions
          block += votes[start..<start + 2 * directions]
        }
        let length = block.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(cell * cell)
        let scale = 1 / (Double(cell * cell) * max(length, OrientedGradients.nothing))
        features += block.map { $0 * scale }
        strengths.append(length)
      }
    }
    (self.features, self.strengths) = (features, strengths)
  }

  /// The two integers around a position, with linear weights.
  private struct Share {
    let lower: Int
    private let upper: Double

    init(_ place: Double) {
      lower = Int(place.rounded(.down))
      upper = place - place.rounded(.down)
    }

    subscript(index: Int) -> Double { index == 0 ? 1 - upper : upper }
  }
}
