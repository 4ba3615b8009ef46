import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@Suite struct DegradationTests {
  private let chance = RandomSource(seed: 3)

  @Test(arguments: Degradation.Kind.allCases, [(1, 1), (17, 5), (64, 63)])
  func everyStrengthKeepsOddSizes(kind: Degradation.Kind, size: (Int, Int)) throws {
    let image = Image.noise(width: size.0, height: size.1)
    #expect(Degradation.ladder(kind).count == 5)
    for degradation in Degradation.ladder(kind) {
      #expect(degradation.kind == kind)
      let result = try degradation.applied(to: image, randomness: chance)
      #expect(result.width == size.0 && result.height == size.1)
      #expect(try degradation.applied(to: image, randomness: chance) == result)
    }
  }

  @Test(arguments: Degradation.Kind.allCases)
  func aClipIsDegradedFrameByFrameOrAsOneVideo(kind: Degradation.Kind) throws {
    let image = Image.smooth(side: 64).mixed(with: .noise(width: 64, height: 64), weight: 0.3)
    let degradation = Degradation.ladder(kind)[3]
    let frames = try degradation.applied(to: [image, image, image], randomness: chance)
    // The first frame is what a picture becomes, as it is the keyframe.
    let first = try degradation.applied(to: image, randomness: chance)
    let isCompressed = [.h264, .transcode].contains(kind)
    #expect(frames[0] == first || kind == .transcode)
    // All frames are treated alike, but noise is drawn anew.
    if !isCompressed { #expect((frames[1] == frames[0]) == (kind != .noise), "\(kind)") }
    let other = try degradation.applied(to: [.smooth(side: 64), image], randomness: chance)
    #expect(other[0] != frames[0])
    // Only the frames of a video depend on those before them.
    if kind != .noise { #expect((other[1] != frames[1]) == isCompressed, "\(kind)") }
  }

  @Test func aClipIsAlwaysCompressedAsAVideo() {
    for seed in 0..<40 {
      let drawn = DegradationDraw().drawnForClip(randomness: RandomSource(seed: UInt64(seed)))
      #expect(drawn.contains { [.h264, .transcode].contains($0.kind) })
      #expect(!drawn.contains { $0.kind == .jpeg })
    }
  }

  @Test(arguments: Degradation.Kind.allCases)
  func laddersRise(kind: Degradation.Kind) throws {
    let image = Image.smooth(side: 96).mixed(with: .noise(width: 96, height: 96), weight: 0.1)
    let errors = try Degradation.ladder(kind).map { degradation in
      let result = try degradation.applied(to: image, randomness: chance)
      return zip(image.pixels, result.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }
    for (faint, strong) in zip(errors, errors.dropFirst()) { #expect(faint < strong) }
  }

  @Test func jpegIsWhatPillowDecodes() throws {
    // >>> y, x, c = np.mgrid[0:21, 0:33, 0:3]
    // >>> im = ((x * x * 3 + y * 7 * (c + 1) + x * y * (c + 2)) & 255).astype(np.uint8)
    // >>> f = io.BytesIO(); Image.fromarray(im).save(f, 'JPEG', quality=40, subsampling=0)
    // >>> np.asarray(Image.open(f))[10].reshape(-1)[:30]  # OpenCV's imdecode gives the same
    let expected = [
      80, 144, 156, 108, 190, 255, 85, 216, 148, 178, 98, 0, 185, 67, 155, 255, 119, 255, 0, 156,
      36, 168, 207, 126, 162, 34, 231, 255, 184, 94,
    ]
    var pixels: [UInt8] = []
    for y in 0..<21 {
      for x in 0..<33 {
        for c in 0..<3 {
          pixels.append(UInt8(truncatingIfNeeded: x * x * 3 + y * 7 * (c + 1) + x * y * (c + 2)))
        }
      }
    }
    let image = Image(width: 33, height: 21, pixels: pixels)
    let result = try Degradation.jpeg(quality: 40).applied(to: image, randomness: chance)
    for (index, value) in expected.enumerated() {
      #expect(abs(Int(result.pixels[10 * 33 * 3 + index]) - value) <= 2)
    }
  }

  @Test(arguments: [2.0, 8.0, 18.0])
  func noiseHasTheDeviationAndShapeThatItPromises(deviation: Double) throws {
    let gray = Image(width: 200, height: 200, filled: Color(gray: 128))
    let result = try Degradation.noise(deviation: deviation).applied(to: gray, randomness: chance)
    let values = result.pixels.map { Double($0) - 128 }
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    // Rounding to levels adds a twelfth.
    #expect(abs((variance - 1.0 / 12).squareRoot() / deviation - 1) < 0.02)
    #expect(abs(values.reduce(0, +) / Double(values.count)) < 0.1)
    let fourth = values.reduce(0) { $0 + pow($1, 4) } / Double(values.count)
    #expect(abs(fourth / (variance * variance) - 3) < 0.15)
  }

  @Test func otherChanceDrawsOtherNoise() throws {
    let image = Image.smooth(side: 64)
    let noise = Degradation.noise(deviation: 5)
    #expect(
      try noise.applied(to: image, randomness: chance)
        != noise.applied(to: image, randomness: RandomSource(seed: 4)))
  }

  @Test func resizingDrawsItsFilters() throws {
    let image = Image.noise(width: 64, height: 64)
    let results = try (0..<24).map {
      try Degradation.resize(scale: 0.4).applied(to: image, randomness: chance.split($0)).pixels
    }
    #expect(Set(results).count == 6)
  }

  @Test func colorIsBrightnessContrastAndSaturation() throws {
    let image = Image(width: 1, height: 1, pixels: [200, 100, 50])
    func change(_ brightness: Double, _ contrast: Double, _ saturation: Double) throws -> [UInt8] {
      try Degradation.color(brightness: brightness, contrast: contrast, saturation: saturation)
        .applied(to: image, randomness: chance).pixels
    }
    #expect(try change(0, 1, 1) == [200, 100, 50])
    #expect(try change(0.2, 1, 1) == [251, 151, 101])
    #expect(try change(0, 0, 1) == [128, 128, 128])
    #expect(try change(0, 1, 0) == [124, 124, 124])
  }

  @Test func faceForensicsPresetsAreItsQuantizers() {
    #expect(Degradation.c23 == .h264(quantizer: 23) && Degradation.c40 == .h264(quantizer: 40))
    #expect(Degradation.ladder(.h264).contains(.c23) && Degradation.ladder(.h264).contains(.c40))
  }
}
