import Foundation
import Media

/// How a camera turns light into a picture.
struct Film {
  private let camera: Camera
  private let gain: Float

  /// - Parameter exposure: stops over a good exposure.
  init(_ camera: Camera, exposure: Float) {
    self.camera = camera
    gain = exp2(exposure)
  }

  /// The picture of linear RGB pixels, row by row.
  func developed(_ colours: [SIMD3<Float>], side: Int, isClean: Bool) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for colour in colours {
      let encoded = Film.encoded(colour * gain) * 255 + 0.5
      for k in 0..<3 { pixels.append(UInt8(clamped(encoded[k], 0, 255))) }
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  /// sRGB of a soft curve, 0…1: a gentle toe, straight mid tones, a rolled-off shoulder.
  static func encoded(_ colour: SIMD3<Float>) -> SIMD3<Float> {
    var result = SIMD3<Float>.zero
    for k in 0..<3 {
      let x = max(colour[k], 0)
      let shoulder = x < 0.6 ? x : 0.6 + 0.4 * (1 - exp((0.6 - x) / 0.4))
      result[k] =
        shoulder <= 0.0031308 ? shoulder * 12.92 : 1.055 * pow(shoulder, 1 / 2.4) - 0.055
    }
    return result
  }
}
