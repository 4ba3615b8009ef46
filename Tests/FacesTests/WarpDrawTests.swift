import Engine
import Testing

@testable import Faces

@Suite struct WarpDrawTests {
  @Test func withoutChanceBothAreTheCrop() {
    let draw = draw(.still)
    #expect(isClose(draw.input.points, PointGrid(side: 5, from: 48, to: 208).points))
    #expect(isClose(draw.target.points, PointGrid(side: 2, from: 48, to: 208).points))
    #expect(draw.tint == Tint())
  }

  @Test func fullCoverageSeesTheWholePicture() {
    var settings = WarpSettings.still
    settings.coverage = 1
    #expect(isClose(draw(settings).target.points, PointGrid(side: 2, from: 0, to: 256).points))
  }

  @Test func flippedCornersChangeSides() {
    var settings = WarpSettings.still
    settings.flip = 1
    let corners = draw(settings).target
    let mirrored = [SIMD2(208.0, 48.0), SIMD2(48, 48), SIMD2(208, 208), SIMD2(48, 208)]
    #expect(isClose(corners.points, mirrored))
  }

  @Test func flipsAsOftenAsAsked() {
    var settings = WarpSettings.still
    settings.flip = 0.4
    let flips = (0..<2000).filter { draw(settings, seed: UInt64($0)).target[0, 0].x > 128 }
    #expect((720...880).contains(flips.count))
  }

  @Test func turnsAreWithinTheirLimitAndKeepTheMiddle() {
    var settings = WarpSettings.still
    settings.rotation = 0.2
    for seed in 0..<200 {
      let corners = draw(settings, seed: UInt64(seed)).target
      let side = corners[0, 1] - corners[0, 0]
      #expect(abs(side.y / side.x) <= 0.2028)  // tan 0.2
      let middle = (corners[0, 0] + corners[1, 1]) / 2
      let square = (side * side).sum()
      #expect(isClose([middle], [SIMD2(128, 128)]))
      #expect(abs(square - 25600) < 1e-6)
    }
  }

  @Test func warpedPointsScatterAsAsked() {
    var settings = WarpSettings.still
    settings.warpDeviation = 5
    let even = PointGrid(side: 5, from: 48, to: 208).points
    let offsets = (0..<400).flatMap { seed in
      zip(draw(settings, seed: UInt64(seed)).input.points, even).flatMap {
        [$0.x - $1.x, $0.y - $1.y]
      }
    }
    let mean = offsets.reduce(0, +) / Double(offsets.count)
    let variance = offsets.reduce(0) { $0 + $1 * $1 } / Double(offsets.count)
    #expect(abs(mean) < 0.1)
    #expect(abs(variance.squareRoot() - 5) < 0.1)
  }

  @Test func targetIsSeenFromTheWarpsMeanPosition() {
    let draw = draw(WarpSettings())
    let inputMean = draw.input.points.reduce(SIMD2(0, 0), +) / 25
    let targetMean = draw.target.points.reduce(SIMD2(0, 0), +) / 4
    #expect(isClose([inputMean], [targetMean]))
    #expect(!isClose(draw.target.points, self.draw(.still).target.points))
  }

  @Test func withoutRefitTheTargetStaysWhereItWas() {
    var settings = WarpSettings.still
    settings.warpDeviation = 5
    settings.refitsTarget = false
    let draw = draw(settings)
    #expect(isClose(draw.target.points, PointGrid(side: 2, from: 48, to: 208).points))
    #expect(!isClose(draw.input.points, PointGrid(side: 5, from: 48, to: 208).points))
  }

  @Test func plainSamplesAreNotWarped() {
    var settings = WarpSettings()
    settings.plainFraction = 1
    let draw = draw(settings)
    let input = draw.input
    #expect(isClose([input[0, 0], input[0, 4], input[4, 0], input[4, 4]], draw.target.points))
    let middle = (input[0, 0] + input[4, 4]) / 2
    #expect(isClose([input[2, 2]], [middle]))
  }

  @Test func jitterStaysWithinItsLimits() {
    var settings = WarpSettings.still
    settings.jitter = .gentle
    for seed in 0..<300 {
      let tint = draw(settings, seed: UInt64(seed)).tint
      let middle = tint.scale * 0.5 + tint.offset
      for channel in 0..<3 {
        #expect(abs(tint.scale[channel] - 1) <= 0.144_001)  // 1.1 · 1.04 − 1
        #expect(abs(middle[channel] - 0.5) <= 0.072_001)  // 0.55 · 1.04 − 0.5
      }
    }
    #expect(draw(settings, seed: 1).tint != draw(settings, seed: 2).tint)
  }

  private func draw(_ settings: WarpSettings, seed: UInt64 = 7) -> WarpDraw {
    var source = RandomSource(seed: seed)
    return WarpDraw(from: &source, settings: settings)
  }

  private func isClose(_ left: [SIMD2<Double>], _ right: [SIMD2<Double>]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { (($0 - $1) * ($0 - $1)).sum() < 1e-16 }
  }
}
