import Engine
import TestSupport
import Testing

@testable import Faces

@Suite struct HidingPatchTests {
  @Test func aPatchChangesWhatItCoversAndNothingElse() {
    let pixels = [UInt8](repeating: 7, count: 256 * 256 * 3)
    for seed in UInt64(0)..<20 {
      var source = RandomSource(seed: seed)
      let patch = RandomOcclusion(from: &source)
      let painted = patch.painted(on: pixels)
      let reach = max(patch.radii.x, patch.radii.y)
      let color = [patch.color.x, patch.color.y, patch.color.z]
      var (covered, wrong) = (0, 0)
      for pixel in 0..<256 * 256 {
        let found = [painted[pixel * 3], painted[pixel * 3 + 1], painted[pixel * 3 + 2]]
        guard found != [7, 7, 7] else { continue }
        let place = SIMD2<Double>(Double(pixel % 256) + 0.5, Double(pixel / 256) + 0.5)
        let offset = place - patch.center
        covered += 1
        if found != color || (offset * offset).sum() >= reach * reach { wrong += 1 }
      }
      #expect(wrong == 0)
      let area = Double.pi * patch.radii.x * patch.radii.y
      // A part may lie outside of the picture.
      #expect(covered > 0 && Double(covered) < 1.05 * area)
    }
  }

  @Test func theFaceDoesNotShowUnderIt() {
    let map = [UInt8](repeating: 200, count: 256 * 256 * 3)
    var source = RandomSource(seed: 3)
    let patch = RandomOcclusion(from: &source)
    let cut = patch.cut(from: map)
    let place = (Int(patch.center.y) * 256 + Int(patch.center.x)) * 3
    #expect(Array(cut[place..<place + 3]) == [0, 200, 200])
  }

  @Test func lightChangesInInputsAndNeverInTargets() {
    let images = gradientPictures(4, seed: 1)
    func batch(_ jitter: ColorJitter) -> WarpedBatch {
      var settings = WarpSettings.still
      settings.jitter = jitter
      return WarpedBatches(
        of: images, size: 4, settings: settings, randomness: RandomSource(seed: 5)
      ).batch(iteration: 0)
    }
    let (plain, changed) = (batch(ColorJitter()), batch(.gentle))
    #expect(changed.target == plain.target)
    #expect(!allClose(changed.input, plain.input, tolerance: 1e-2))
  }

  @Test func inputsAreHiddenAsOftenAsAskedAndTargetsNever() {
    let images = gradientPictures(4, seed: 1)
    var settings = WarpSettings.still
    let plain = WarpedBatches(
      of: images, size: 40, settings: settings, randomness: RandomSource(seed: 5)
    ).batch(iteration: 0)
    settings.occlusion = 0.5
    let hidden = WarpedBatches(
      of: images, size: 40, settings: settings, randomness: RandomSource(seed: 5)
    ).batch(iteration: 0)
    #expect(hidden.target == plain.target)
    let changed = (0..<40).count {
      hidden.input.samples($0..<$0 + 1) != plain.input.samples($0..<$0 + 1)
    }
    #expect((10...30).contains(changed))
  }
}
