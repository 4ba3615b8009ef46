import Engine
import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct ImageQualityTests {
  // >>> y = np.stack([waves(64), lcg(2*64*64*3).reshape(2, 64, 64, 3)[1]]).astype(np.float32)
  // >>> noise = lcg(2*64*64*3, s=2).reshape(2, 64, 64, 3).astype(np.float32)
  // >>> p = np.float32(.9) * y + np.float32(.1) * noise
  private let targets = Tensor(
    shape: [2, 64, 64, 3], values: (waves(side: 64) + lcg(2 * 12288)[12288...]).map { Float($0) })
  private var predictions: Tensor {
    let noise = lcg(2 * 12288, seed: 2).map { Float($0) }
    return Tensor(
      shape: targets.shape, values: zip(targets.values, noise).map { 0.9 * $0 + 0.1 * $1 })
  }

  // >>> [ssim(a, b, channel_axis=2, data_range=1, gaussian_weights=True, sigma=1.5,
  // ...       use_sample_covariance=False) for a, b in zip(y.astype(float), p.astype(float))]
  // [0.8136397896070825, 0.9887640499476643]
  // >>> [psnr(a, b, data_range=1) for a, b in zip(y, p)]
  // [27.887869167243693, 27.793366436120802]
  @Test func figuresAreThoseOfScikitImage() {
    let quality = ImageQuality(of: predictions, against: targets)
    #expect(abs(quality.similarities[0] - 0.8136397896070825) < 1e-6)
    #expect(abs(quality.similarities[1] - 0.9887640499476643) < 1e-6)
    #expect(abs(quality.signalsToNoise[0] - 27.887869167243693) < 1e-5)
    #expect(abs(quality.signalsToNoise[1] - 27.793366436120802) < 1e-5)
    #expect(quality.ssim == (quality.similarities[0] + quality.similarities[1]) / 2)
    #expect(quality.psnr == (quality.signalsToNoise[0] + quality.signalsToNoise[1]) / 2)
  }

  // >>> flat = np.full((64, 64, 3), .3, np.float32); q = flat + np.float32(.02)
  // >>> ssim(flat.astype(float), q.astype(float), …)
  // 0.9979220759263902
  @Test func flatPicturesAreCompared() {
    let flat = Tensor(shape: [1, 64, 64, 3], values: [Float](repeating: 0.3, count: 12288))
    let other = Tensor(shape: [1, 64, 64, 3], values: flat.values.map { $0 + 0.02 })
    #expect(abs(ImageQuality(of: other, against: flat).ssim - 0.9979220759263902) < 1e-6)
  }

  // >>> a = lcg(13*29).reshape(13, 29, 1); b = lcg(13*29, s=5).reshape(13, 29, 1)
  // >>> ssim(a, b, …), psnr(a, b, data_range=1)
  // (0.05889309781139783, 7.6452180558590035)
  @Test func sizesNeedNotBeSquareNorColorsThree() {
    func tensor(_ seed: UInt64) -> Tensor {
      Tensor(shape: [1, 13, 29, 1], values: lcg(13 * 29, seed: seed).map { Float($0) })
    }
    let quality = ImageQuality(of: tensor(5), against: tensor(1))
    #expect(abs(quality.ssim - 0.05889309781139783) < 1e-6)
    #expect(abs(quality.psnr - 7.6452180558590035) < 1e-5)
  }

  @Test func equalPicturesArePerfect() {
    let quality = ImageQuality(of: targets, against: targets)
    for similarity in quality.similarities { #expect(abs(similarity - 1) < 1e-12) }
    #expect(quality.signalsToNoise == [.infinity, .infinity])
    #expect(quality.psnr == .infinity)
  }

  @Test func threadsDoNotChangeTheMetrics() {
    func quality() -> ImageQuality { ImageQuality(of: predictions, against: targets) }
    #expect(ThreadPool.with(threads: 1, quality) == ThreadPool.with(threads: 2, quality))
  }
}
