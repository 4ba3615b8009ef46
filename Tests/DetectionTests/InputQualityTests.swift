import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Detection

@Suite struct InputQualityTests {
  /// A rendered face of 256×256 pixels, which stands for its own crop.
  private let face = Scene().rendered(side: 256).image

  private func quality(_ image: Image) -> InputQuality {
    var frame = FaceClip.Frame(crop: image)
    frame.box = FaceBox(x: 48, y: 48, width: 160, height: 160)
    return InputQuality(of: frame, in: PicturePart(image))
  }

  private func reasons(_ image: Image) -> [String] {
    InputRange.usual.reasons(against: quality(image)).map { String($0.prefix { $0 != "(" }) }
  }

  private func degraded(_ degradation: Degradation) throws -> Image {
    try degradation.applied(to: face, randomness: RandomSource(seed: 1))
  }

  @Test func ordinaryPicturesAreKnown() throws {
    #expect(reasons(face).isEmpty)
    for degradation: Degradation in [
      .jpeg(quality: 30), .h264(quantizer: 40), .resize(scale: 0.35), .blur(deviation: 1.5),
    ] {
      #expect(try reasons(degraded(degradation)).isEmpty, "\(degradation)")
    }
  }

  @Test func blurCompressionAndDrawingsAreTold() throws {
    #expect(try reasons(degraded(.blur(deviation: 8))) == ["heavy blur "])
    #expect(try reasons(degraded(.h264(quantizer: 51))).contains("extreme compression "))
    #expect(try reasons(degraded(.jpeg(quality: 3))).contains("extreme compression "))
    let drawn = face.blurred(deviation: 2).pixels.map { $0 / 52 * 52 + 26 }
    #expect(
      reasons(Image(width: 256, height: 256, pixels: drawn)) == [
        "large flat areas, as in a drawing "
      ])
  }

  @Test func narrowFacesAreTold() {
    var quality = quality(face)
    quality.faceWidth = 79.4
    #expect(
      InputRange.usual.reasons(against: quality) == [
        "the face is 79 pixels wide, fewer than 80"
      ])
    quality.faceWidth = 80
    #expect(InputRange.usual.reasons(against: quality).isEmpty)
  }

  @Test func aDetectorKnowsWhatItWasValidatedOn() throws {
    let blurred = quality(try degraded(.blur(deviation: 8)))
    let range = InputRange(validatedOn: [quality(face), blurred])
    #expect(range.sharpness == blurred.sharpness && range.reasons(against: blurred).isEmpty)
    #expect(range.flatness == InputRange.usual.flatness)
    // One in 300 faces teaches nothing.
    let others = [InputQuality](repeating: quality(face), count: 300)
    #expect(InputRange(validatedOn: others + [blurred]) == .usual)
    #expect(InputRange(validatedOn: []) == .usual)
  }

  @Test func aFilesQualityIsTheMedianOfItsFaces() {
    var (low, high) = (quality(face), quality(face))
    (low.sharpness, high.sharpness, high.blockiness) = (-5, 5, nil)
    let median = InputQuality(medianOf: [high, low, quality(face)])
    #expect(median?.sharpness == quality(face).sharpness && median?.faceWidth == 160)
    #expect(InputQuality(medianOf: []) == nil)
  }

  @Test func aRangeIsCheckedWhenItIsRead() throws {
    let usable = try #require(
      DetectorText.value(#"{"flatness":3,"sharpness":-2.9}"#) as InputRange?)
    #expect(usable.isUsable)
    for text in [#"{"flatness":1,"sharpness":-2.9}"#, #"{"flatness":3,"sharpness":0}"#] {
      #expect((DetectorText.value(text) as InputRange?)?.isUsable == false)
    }
  }
}
