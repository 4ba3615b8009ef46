import TestSupport
import Testing

@testable import Generation

@Suite struct ColorChangeTests {
  private let mask = [Float](repeating: 1, count: 1024)
  private let original = patch(seed: 3, scale: SIMD3(0.4, 0.2, 0.3), offset: 0.3)
  private let face = patch(seed: 4, scale: SIMD3(0.3, 0.3, 0.2), offset: 0.1)

  @Test func linearMatchesTheCovariance() {
    var face = face
    ColorTransfer.linear.apply(to: &face, like: original, mask: mask)
    let own = ColorStatistics(of: face, mask: mask)
    let wanted = ColorStatistics(of: original, mask: mask)
    for (a, b) in zip(own.covariance.columns, wanted.covariance.columns) {
      #expect(((a - b) * (a - b)).sum().squareRoot() < 2e-4)
    }
    #expect(((own.mean - wanted.mean) * (own.mean - wanted.mean)).sum() < 1e-8)
  }

  @Test func histogramMatchesEveryLevel() {
    var face = face
    ColorTransfer.histogram.apply(to: &face, like: original, mask: mask)
    for channel in 0..<3 {
      let own = stride(from: channel, to: 3072, by: 3).map { face.values[$0] }.sorted()
      let wanted = stride(from: channel, to: 3072, by: 3).map { original.values[$0] }.sorted()
      // Rare levels at the ends may stay apart.
      let far = zip(own, wanted).filter { abs($0 - $1) > 0.02 }
      #expect(far.count <= own.count / 50, "\(far.count) of \(own.count)")
    }
  }

  @Test func facesOfOneColoringStayAsTheyAre() {
    for transfer in ColorTransfer.allCases {
      var face = face
      transfer.apply(to: &face, like: self.face, mask: mask)
      for (a, b) in zip(face.values, self.face.values) {
        #expect(abs(a - b) < 0.01, "\(transfer)")
      }
    }
  }

  @Test func theMeanOfChangesIsBetweenThem() {
    let (dark, light) = (
      ColorAdjustment(gain: SIMD3(1, 1, 1), from: .zero, to: SIMD3(0, 0, 0)),
      ColorAdjustment(gain: SIMD3(1, 1, 1), from: .zero, to: SIMD3(0.4, 0, 0))
    )
    var patch = FacePatch(width: 1, height: 1, values: [0.2, 0.2, 0.2])
    ColorAdjustment.mean([(dark, 3), (light, 1)]).apply(to: &patch)
    for value in patch.values { #expect(abs(value - (0.2 + 0.1 * 0.57735)) < 1e-5) }
  }

  @Test func aSymmetricMatrixHasItsRoot() {
    var matrix = SymmetricMatrix.zero
    for vector in [SIMD3(1.0, 2, 0.5), SIMD3(0.2, -1, 3), SIMD3(2, 0.1, 0.1)] {
      matrix.add(1, times: vector)
    }
    let root = matrix.mapped { $0.squareRoot() }
    let square = SymmetricMatrix(
      columns: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    ).surrounded(by: root)
    for (a, b) in zip(square.columns, matrix.columns) {
      #expect(((a - b) * (a - b)).sum() < 1e-18)
    }
  }

  private static func patch(seed: UInt64, scale: SIMD3<Double>, offset: Double) -> FacePatch {
    let noise = lcg(3072, seed: seed)
    return FacePatch(
      width: 32, height: 32,
      values: noise.indices.map { index in
        // Red and green go together a little, as in skin.
        let shared = noise[index - index % 3]
        return Float(offset + scale[index % 3] * (0.6 * noise[index] + 0.4 * shared))
      })
  }
}
