import Foundation

/// Histograms of oriented gradients of a face inside a mask: what its features look like, whatever
/// their colour and light.
///
/// Dalal & Triggs 2005, which Déniz et al. 2011 found to tell people's faces apart: cells of 8×8
/// pixels, 9 directions without sign, votes shared linearly with the neighbouring cells and
/// directions, blocks of 2×2 cells normalized. Here a vote also counts as much as the mask does at
/// the three pixels it comes from, light is the luma of Rec. 601, and a block of contrast
/// below `faint` is damped rather than raised to full strength, so that smooth cheeks say little.
enum OrientedGradients {
  static let cell = 8
  static let directions = 9
  /// The root mean square step between pixels, of 0…1, at which a block has half its weight.
  static let faint = 0.01

  /// The features of one picture of `width`×`height` pixels, multiples of 8.
  static func features(of picture: Channels, mask: [Double]) -> [Double] {
    let (width, height) = (picture.width, picture.height)
    let planes = picture.planes
    let luma = (0..<width * height).map {
      0.299 * planes[0][$0] + 0.587 * planes[1][$0] + 0.114 * planes[2][$0]
    }
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
        // Cells' middles lie at 4, 12, … pixels; the histogram has a border of one cell.
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
    return blocks(of: votes, columns: columns, rows: rows)
  }

  /// The two whole numbers about a place, and how near each is.
  private struct Share {
    let lower: Int
    private let upper: Double

    init(_ place: Double) {
      lower = Int(place.rounded(.down))
      upper = place - place.rounded(.down)
    }

    subscript(index: Int) -> Double { index == 0 ? 1 - upper : upper }
  }

  /// Every 2×2 cells, normalized to a length below 1.
  private static func blocks(of votes: [Double], columns: Int, rows: Int) -> [Double] {
    var features: [Double] = []
    features.reserveCapacity((rows - 1) * (columns - 1) * 4 * directions)
    let floor = faint * Double(cell * cell)
    for row in 1..<rows {
      for column in 1..<columns {
        let first = features.count
        for y in row...row + 1 {
          let start = (y * (columns + 2) + column) * directions
          features += votes[start..<start + 2 * directions]
        }
        let energy = features[first...].reduce(floor * floor) { $0 + $1 * $1 }
        for at in first..<features.count { features[at] /= energy.squareRoot() }
      }
    }
    return features
  }
}
