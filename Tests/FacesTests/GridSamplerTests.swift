import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct GridSamplerTests {
  @Test(arguments: [1, 2], [2, 5])
  func equalsItsNaiveTwin(samples: Int, points: Int) {
    var grid = PointGrid(side: points, from: 30, to: 220)
    let chance = lcg(points * points * 2)
    for index in grid.points.indices {
      grid.points[index] += SIMD2(chance[index * 2], chance[index * 2 + 1]) * 12
    }
    let image = Image.noise(width: 256, height: 256)
    let fast = sample(image, grid, samples)
    let slow = naive(image, grid, samples)
    let differences = zip(fast, slow).map { abs($0 - $1) }
    // Fractions of 1/32 pixel: on noise, half of one may be worth 2 · 1/64 of the whole range.
    #expect(differences.reduce(0, max) < 2.0 / 64)
    #expect(differences.reduce(0, +) / Float(differences.count) < 0.005)
  }

  @Test func beyondTheEdgesTheLastPixelGoesOn() {
    let grid = PointGrid(side: 2, from: -400, to: 700)
    let image = Image.noise(width: 256, height: 256)
    let fast = sample(image, grid, 2)
    #expect(abs(fast[0] - Float(image.pixels[0]) / 255) < 1e-6)
    let differences = zip(fast, naive(image, grid, 2)).map { abs($0 - $1) }
    #expect(differences.reduce(0, max) < 2.0 / 32)
  }

  @Test func tintIsAppliedAndHeldInTheRange() {
    var tint = Tint()
    tint.scale = SIMD3(0.5, 1, 4)
    tint.offset = SIMD3(0.25, -2, 0)
    let image = Image(width: 256, height: 256, filled: Color(128, 128, 128))
    let grid = PointGrid(side: 2, from: 48, to: 208)
    let values = sample(image, grid, 2, tint: tint)
    let expected: [Float] = [128.0 / 255 * 0.5 + 0.25, 0, 1]
    let differences = values.enumerated().map { abs($1 - expected[$0 % 3]) }
    #expect(differences.reduce(0, max) < 1e-6)
  }

  private func sample(
    _ image: Image, _ grid: PointGrid, _ samples: Int, tint: Tint = Tint()
  ) -> [Float] {
    let pixels = image.pixels
    return Tensor.stacked(1, part: [64, 64, 3]) { _, part in
      GridSampler.sample(
        pixels.span, through: grid, samples: samples, tint: tint, side: 64, into: &part)
    }.values
  }

  /// The same in plain float64: every point on its own, no whole numbers, no walks.
  private func naive(_ image: Image, _ grid: PointGrid, _ samples: Int) -> [Float] {
    let lines = 64 * samples
    var result = [Double](repeating: 0, count: 64 * 64 * 3)
    for i in 0..<lines {
      for j in 0..<lines {
        let v = (Double(i) + 0.5) / Double(lines) * Double(grid.side - 1)
        let u = (Double(j) + 0.5) / Double(lines) * Double(grid.side - 1)
        let (r, c) = (Int(v), Int(u))
        let (fv, fu) = (v - Double(r), u - Double(c))
        let top = grid[r, c] * (1 - fu) + grid[r, c + 1] * fu
        let bottom = grid[r + 1, c] * (1 - fu) + grid[r + 1, c + 1] * fu
        let place = top * (1 - fv) + bottom * fv - SIMD2(0.5, 0.5)
        for channel in 0..<3 {
          result[(i / samples * 64 + j / samples) * 3 + channel] +=
            bilinear(image, place, channel) / Double(samples * samples) / 255
        }
      }
    }
    return result.map { Float($0) }
  }

  private func bilinear(_ image: Image, _ place: SIMD2<Double>, _ channel: Int) -> Double {
    let x = min(max(place.x, 0), 255)
    let y = min(max(place.y, 0), 255)
    let (x0, y0) = (Int(x), Int(y))
    let (x1, y1) = (min(x0 + 1, 255), min(y0 + 1, 255))
    let (fx, fy) = (x - Double(x0), y - Double(y0))
    func at(_ x: Int, _ y: Int) -> Double { Double(image.pixels[(y * 256 + x) * 3 + channel]) }
    return (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy)
      + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
  }
}
