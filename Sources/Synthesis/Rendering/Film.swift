import Engine
import Faces
import Foundation
import Media

/// The conversion of light to a picture: lens, sensor, and file.
struct Film {
  private let camera: Camera
  private let gain: Float

  /// - Parameter exposure: stops above a correct exposure.
  init(_ camera: Camera, exposure: Float) {
    self.camera = camera
    gain = exp2(exposure)
  }

  /// The picture of linear RGB pixels, row by row.
  ///
  /// - Parameter isClean: true omits the sensor's noise and pattern, and JPEG.
  func developed(_ colors: [SIMD3<Float>], side: Int, isClean: Bool) -> Image {
    let blurred = LensBlur(radius: camera.blur * Float(side) / 256)(colors, side: side)
    let noise = isClean || camera.noise <= 0 ? nil : SensorNoise(camera, side: side)
    let pattern = isClean ? nil : camera.sensor.map { SensorPattern($0, side: side) }
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let index = y * side + x
        let off = SIMD2(Float(x), Float(y)) * (2 / Float(side)) - 1
        let light = gain * (1 - camera.vignette * 0.5 * (off.x * off.x + off.y * off.y))
        var linear = blurred[index] * light
        if let pattern { linear *= pattern.sensitivity(x: x, y: y) }
        var encoded = ToneCurve.encoded(linear)
        if let noise { encoded += noise.value(x: x, y: y, encoded) }
        encoded = (encoded * 255 + 0.5).clamped(
          lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 255))
        pixels[index * 3] = UInt8(encoded.x)
        pixels[index * 3 + 1] = UInt8(encoded.y)
        pixels[index * 3 + 2] = UInt8(encoded.z)
      }
    }
    let image = Image(width: side, height: side, pixels: pixels)
    guard !isClean, let quality = camera.jpegQuality else { return image }
    return written(image, quality: min(max(quality, 1), 100))
  }

  /// The picture after writing and reading the camera's file.
  private func written(_ image: Image, quality: Int) -> Image {
    do {
      return try Image(
        decoding: image.encoded(as: .jpeg(quality: quality), mark: nil), name: "a rendered picture")
    } catch {
      preconditionFailure("a picture of \(image.width) pixels did not survive JPEG: \(error)")
    }
  }
}
