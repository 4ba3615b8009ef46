import Media
import TestSupport
import Testing

@Suite struct StillTests {
  /// Smooth with some edges, as pictures are; gray, for chroma is halved.
  private func picture(_ width: Int, _ height: Int) -> Image {
    gradientPictures(1, side: max(width, height), seed: 4)[0]
      .cropped(x: 0, y: 0, width: width, height: height)
      .recolored(by: ColorMatrix().saturation(0))
  }

  private func error(_ left: Image, _ right: Image) -> Double {
    let squares = zip(left.pixels, right.pixels).map {
      (Double($0) - Double($1)) * (Double($0) - Double($1))
    }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  @Test func qualityFallsWithTheQuantizer() throws {
    let noisy = picture(96, 96).noised((0..<4096).map { Float($0 % 17) - 8 }, seed: 1)
      .recolored(by: ColorMatrix().saturation(0))
    let errors = try [0, 18, 23, 32, 40, 51].map {
      try error(noisy, noisy.throughH264(quantizer: $0))
    }
    for (better, worse) in zip(errors, errors.dropFirst()) { #expect(better < worse) }
    #expect(errors[5] > 2 * errors[1])
  }

  @Test(arguments: [(1, 1), (2, 2), (17, 40), (255, 33), (64, 64)])
  func everySizeStaysAndKeepsItsPicture(width: Int, height: Int) throws {
    let image = picture(width, height)
    let recoded = try image.throughH264(quantizer: 10)
    #expect(recoded.width == width && recoded.height == height)
    #expect(error(image, recoded) < 8)
  }

  @Test func aPredictedFrameIsTheKeyframeBeforeItUnlessItMoves() throws {
    let image = picture(96, 96).noised((0..<4096).map { Float($0 % 17) - 8 }, seed: 1)
    let still = try image.throughH264(quantizer: 40)
    // Equal frames are skipped: only the keyframe is coded.
    #expect(try image.throughH264(quantizer: 40, after: [image, image]) == still)
    let moved = image.warped(
      columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(1.4, 0.6), width: 96, height: 96)
    let predicted = try image.throughH264(quantizer: 40, after: [moved])
    #expect(predicted != still && error(image, predicted) < 2 * error(image, still))
    #expect(try image.throughH264(quantizer: 40, after: [moved]) == predicted)
  }

  @Test func theFramesOfAClipAreOneVideo() throws {
    let image = picture(96, 96).noised((0..<4096).map { Float($0 % 17) - 8 }, seed: 1)
    // Equal frames are skipped, so that all are the keyframe; each interval begins anew.
    let still = try [Image](repeating: image, count: 5).throughH264(quantizer: 40)
    #expect(still == [Image](repeating: try image.throughH264(quantizer: 40), count: 5))
    let moving = (0..<6).map { step in
      image.warped(
        columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(0.7 * Double(step), 0.3),
        width: 96, height: 96)
    }
    let whole = try moving.throughH264(quantizer: 36)
    #expect(try whole[5] == moving[5].throughH264(quantizer: 36, after: Array(moving[..<5])))
    let pieces = try moving.throughH264(quantizer: 36, keyframes: 3)
    #expect(pieces[..<3] == whole[..<3] && pieces[3] != whole[3])
    #expect(try pieces[3] == moving[3].throughH264(quantizer: 36))
    #expect(try [Image]().throughH264(quantizer: 36).isEmpty)
  }

  @Test func theSamePictureGivesTheSamePixels() throws {
    let image = picture(80, 64)
    let first = try image.throughH264(quantizer: 30)
    #expect(try image.throughH264(quantizer: 30) == first)
  }
}
