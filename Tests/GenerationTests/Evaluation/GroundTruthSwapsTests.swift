import Engine
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct TrueSwapsTests {
  private let side = 64
  private let truth = waves(side: 64).map { Float($0) }
  private var source: [Float] {
    (0..<64).reversed().flatMap { truth[$0 * 192..<($0 + 1) * 192] }
  }
  private var mask: [Float] {
    (0..<64 * 64).map { place in
      let (x, y) = (Double(place % 64) - 31.5, Double(place / 64) - 31.5)
      return Float(min(max((26 - (x * x + y * y).squareRoot()) / 8, 0), 1))
    }
  }
  private var swaps: GroundTruthSwaps {
    GroundTruthSwaps(
      inputs: picture(source), truths: picture(truth),
      masks: Tensor(shape: [1, 64, 64, 1], values: mask))
  }

  private func picture(_ values: [Float]) -> Tensor {
    Tensor(shape: [1, 64, 64, 3], values: values)
  }

  private func metrics(_ values: [Float]) -> GroundTruthMetrics {
    swaps.metrics(of: picture(values))[0]
  }

  @Test func figuresAreThoseOfNumPyAndScikitImage() throws {
    let url = try #require(
      Bundle.module.url(forResource: "truth", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(GroundTruthMetrics.self, from: Data(contentsOf: url))
    let noise = lcg(side * side * 3, seed: 2).map { Float($0) }
    let found = metrics(zip(truth, noise).map { 0.9 * $0 + 0.1 * $1 })
    #expect(abs(found.ssim - golden.ssim) < 1e-6)
    #expect(abs(found.psnr - golden.psnr) < 1e-4)
    #expect(abs(found.gradient - golden.gradient) < 1e-4)
    #expect(abs(found.identity - golden.identity) < 1e-6)
    #expect(abs(found.toSwappedIn - golden.toSwappedIn) < 1e-6)
    #expect(abs(found.toOriginal - golden.toOriginal) < 1e-6)
  }

  @Test func theTruthIsPerfect() {
    let found = metrics(truth)
    #expect(abs(found.ssim - 1) < 1e-12 && found.psnr == .infinity && found.gradient == 0)
    #expect(found.toSwappedIn == 0 && found.toOriginal == 1 && found.identity == 1)
  }

  @Test func aPersonHandedThroughIsStillThatPerson() {
    let found = metrics(source)
    #expect(found.identity == 0 && found.toSwappedIn == 1 && found.toOriginal == 0)
    #expect(found.ssim < 0.5)
  }

  @Test func recoloringMakesNobodyElse() {
    let found = metrics(source.map { 0.2 + 0.7 * $0 })
    #expect(abs(found.identity) < 0.1)
    #expect(abs(metrics(truth.map { 0.2 + 0.7 * $0 }).identity - 1) < 0.1)
  }

  @Test func halfAndHalfStandsInTheMiddle() {
    let found = metrics(zip(truth, source).map { ($0 + $1) / 2 })
    #expect(abs(found.identity - 0.5) < 0.1)
  }

  @Test func nothingOutsideTheFaceCounts() {
    let noise = lcg(side * side * 3, seed: 2).map { Float($0) }
    let inside = zip(truth, source).map { 0.8 * $0 + 0.2 * $1 }
    let mask = mask
    let outside = inside.indices.map { mask[$0 / 3] > 0 ? inside[$0] : noise[$0] }
    #expect(metrics(inside) == metrics(outside))
  }

  @Test func anEvenChangeOfColorHasNoGradient() {
    #expect(metrics(truth.map { $0 + 0.0625 }).gradient < 1e-4)
  }

  @Test func theMeanLeavesOutWhatWasNotMeasured() {
    var (first, second) = (metrics(source), metrics(source))
    (first.landmarks, second.psnr) = (3, first.psnr + 2)
    let mean = GroundTruthMetrics.mean(of: [first, second])
    #expect(mean.landmarks == 3 && mean.psnr == first.psnr + 1 && mean.ssim == first.ssim)
    #expect(GroundTruthMetrics.mean(of: [second]).landmarks == nil)
  }

  @Test func threadsDoNotChangeTheMetrics() {
    let noisy = picture(lcg(side * side * 3, seed: 3).map { Float($0) })
    func found() -> [GroundTruthMetrics] { swaps.metrics(of: noisy) }
    #expect(ThreadPool.with(threads: 1, found) == ThreadPool.with(threads: 2, found))
  }
}
