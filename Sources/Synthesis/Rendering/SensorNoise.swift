import Engine
import Faces

/// The noise of a sensor, different in each picture.
struct SensorNoise {
  private let mosaic: Mosaic

  init(_ camera: Camera, side: Int) {
    var randomness = RandomSource(seed: camera.grain)
    // Demosaicing removes 3/8 of the variance.
    let scale = camera.noise / 255 * 1.28
    mosaic = Mosaic(
      side: side,
      sites: (0..<(side + 2) * (side + 2)).map { _ in Mosaic.deviate(randomness.next()) * scale })
  }

  /// The noise of a pixel, in sRGB.
  @inline(__always)
  func value(x: Int, y: Int, _ encoded: SIMD3<Float>) -> SIMD3<Float> {
    // Shot noise grows slower than light; the curve of sRGB lifts the shadows' noise.
    mosaic.value(x: x, y: y) * (1.45 - 0.9 * encoded)
  }
}
