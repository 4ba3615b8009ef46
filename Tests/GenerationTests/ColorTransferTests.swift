import TestSupport
import Testing

@testable import Generation

@Suite struct ColorTransferTests {
  private let mask: [Float] = lcg(1024, seed: 9).map { $0 < 0.3 ? 0 : Float($0) }
  private let original = patch(seed: 3, scale: 0.4, offset: 0.3)
  private let face = patch(seed: 4, scale: 0.3, offset: 0.1)

  @Test func noneLeavesTheFaceAsItIs() {
    var face = face
    ColorTransfer.none.apply(to: &face, like: original, mask: mask)
    #expect(face == self.face)
  }

  @Test func meanMatchesTheMeanAlone() {
    var face = face
    ColorTransfer.mean.apply(to: &face, like: original, mask: mask)
    let own = ColorStatistics(of: face, mask: mask)
    #expect(isClose(own.mean, ColorStatistics(of: original, mask: mask).mean))
    #expect(isClose(own.deviation, ColorStatistics(of: self.face, mask: mask).deviation))
  }

  @Test func labMatchesMeanAndSpread() {
    var face = face
    ColorTransfer.lab.apply(to: &face, like: original, mask: mask)
    let own = ColorStatistics(of: face, mask: mask)
    let wanted = ColorStatistics(of: original, mask: mask)
    #expect(isClose(own.mean, wanted.mean))
    #expect(isClose(own.deviation, wanted.deviation))
  }

  @Test(arguments: ColorTransfer.allCases)
  func flatBlackAndUnmaskedFacesStayNumbers(transfer: ColorTransfer) {
    for (scale, offset) in [(0.0, 0.0), (0.0, 1.0), (1e-6, 0.5)] {
      for mask in [mask, [Float](repeating: 0, count: 1024)] {
        var face = ColorTransferTests.patch(seed: 1, scale: scale, offset: offset)
        transfer.apply(to: &face, like: original, mask: mask)
        #expect(face.values.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test func spreadIsStretchedTwiceAtMost() {
    var face = ColorTransferTests.patch(seed: 4, scale: 0.01, offset: 0.5)
    let before = ColorStatistics(of: face, mask: mask).deviation
    ColorTransfer.lab.apply(to: &face, like: original, mask: mask)
    #expect(isClose(ColorStatistics(of: face, mask: mask).deviation, before * 2))
  }

  @Test func opponentColorsComeBack() {
    let rgb = SIMD3<Float>(0.2, 0.7, 0.45)
    #expect(isClose(OpponentColor.toRGB(OpponentColor.from(rgb)), rgb))
    let gray = OpponentColor.from(SIMD3(repeating: 0.5))
    #expect(isClose(gray, SIMD3(0.5 * 1.7320508, 0, 0)))
  }

  @Test func sharpeningRaisesDetailAndLeavesFlatPlaces() {
    #expect(face.sharpened(by: 0) == face)
    let flat = ColorTransferTests.patch(seed: 1, scale: 0, offset: 0.5)
    #expect(flat.sharpened(by: 2) == flat)
    // A step from 0 to 1 between columns: [1 2 1]/4 leaves 1/4 of it on either side.
    var step = FacePatch(width: 4, height: 3, values: [Float](repeating: 0, count: 36))
    for row in 0..<3 { for at in 6..<12 { step.values[row * 12 + at] = 1 } }
    let line = Array(step.sharpened(by: 1).values[12..<24])
    let expected: [Float] = [0, 0, 0, -0.25, -0.25, -0.25, 1.25, 1.25, 1.25, 1, 1, 1]
    #expect(zip(line, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(line)")
  }

  @Test func sharpeningLeavesColorDifferences() {
    let sharp = face.sharpened(by: 1)
    #expect(sharp != face)
    for pixel in 0..<face.width * face.height {
      for channel in 1..<3 {
        let before = face.values[3 * pixel + channel] - face.values[3 * pixel]
        let after = sharp.values[3 * pixel + channel] - sharp.values[3 * pixel]
        #expect(abs(before - after) < 1e-5)
      }
    }
  }

  private static func patch(seed: UInt64, scale: Double, offset: Double) -> FacePatch {
    FacePatch(
      width: 32, height: 32,
      values: lcg(3072, seed: seed).enumerated().map {
        Float(offset + scale * $1 * Double($0 % 3 + 1) / 3)
      })
  }

  private func isClose(_ left: SIMD3<Float>, _ right: SIMD3<Float>) -> Bool {
    let difference = left - right
    return (difference * difference).sum() < 1e-6
  }
}
