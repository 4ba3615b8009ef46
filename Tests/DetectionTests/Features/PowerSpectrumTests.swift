import Engine
import Media
import Testing

@testable import Detection

/// What `Golden/spectra.py` had NumPy and SciPy find.
private struct Spectra: Decodable {
  struct Case: Decodable {
    let width, height: Int
    let rings, features: [Double]
  }
  let cases: [Case]
}

/// The pictures of `Golden/spectra.py`.
private func picture(width: Int, height: Int) -> Image {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      for c in 0..<3 { pixels.append(UInt8((x * x * 3 + y * y * 5 + x * y * 7 + c * 31) % 251)) }
    }
  }
  return Image(width: width, height: height, pixels: pixels)
}

@Suite struct PowerSpectrumTests {
  @Test func spectraAreNumPys() throws {
    let expected: Spectra = try golden("spectra")
    #expect(expected.cases.count == 5)
    for wanted in expected.cases {
      let image = picture(width: wanted.width, height: wanted.height)
      let rings = try PowerSpectrum(features: nil)(image)
      try #require(rings.count == wanted.rings.count)
      for (ours, theirs) in zip(rings, wanted.rings) { #expect(abs(ours - theirs) < 2e-3) }
      let features = try PowerSpectrum(features: wanted.features.count)(image)
      try #require(features.count == wanted.features.count && features[0] == 1)
      for (ours, theirs) in zip(features, wanted.features) { #expect(abs(ours - theirs) < 2e-5) }
    }
  }

  @Test(arguments: [(1024, 722), (64, 43)])
  func ringsAreAsManyAsPublished(side: Int, rings: Int) {
    let table = SpectrumRings(width: side, height: side)
    #expect(table.count == rings && table.sizes.allSatisfy { $0 > 0 })
  }

  @Test func aSplineGoesThroughCubicsThemselves() {
    for count in [4, 5, 6, 9] {
      func cubic(_ x: Double) -> Double { 2 * x * x * x - 7 * x * x + x - 3 }
      let spline = CubicSpline(through: (0..<count).map { cubic(Double($0)) })
      let fine = spline.resampled(to: 3 * (count - 1) + 1)
      for (number, value) in fine.enumerated() {
        #expect(abs(value - cubic(Double(number) / 3)) < 1e-9)
      }
    }
  }

  @Test func manyThreadsFindWhatOneFinds() throws {
    let images = [40, 64, 40, 48, 64, 40, 40, 64].map { picture(width: $0, height: $0) }
    let spectrum = PowerSpectrum(features: 20)
    let one = try ThreadPool.with(threads: 1) { try spectrum(images) }
    #expect(try ThreadPool.with(threads: 4) { try spectrum(images) } == one)
  }

  @Test func anEvenPictureHasAFiniteSpectrum() throws {
    let gray = Image(width: 32, height: 32, filled: Color(90, 90, 90))
    #expect(try PowerSpectrum(features: 10)(gray).allSatisfy(\.isFinite))
  }

  @Test func smallPicturesAreRefused() {
    let image = Image(width: 15, height: 200, filled: Color(0, 0, 0))
    #expect(throws: DetectionError.smallPicture(width: 15, height: 200, least: 16)) {
      _ = try PowerSpectrum(features: 20)(image)
    }
  }
}
