private import CPixels

extension Image {
  /// The picture resampled through an affine map.
  ///
  /// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. Beyond the edges the edge
  /// pixels repeat. Where the map magnifies, interpolation is bicubic (Catmull and Rom); where it
  /// reduces, the source pixels are averaged.
  ///
  /// - Parameters:
  ///   - columnX: the source offset for one step to the right in the new picture.
  ///   - columnY: the source offset for one step down.
  ///   - origin: the source position of the new picture's upper left corner.
  public func warped(
    columnX: SIMD2<Double>, columnY: SIMD2<Double>, origin: SIMD2<Double>, width: Int, height: Int
  ) -> Image {
    precondition(width > 0 && height > 0, "no picture is \(width)x\(height)")
    guard self.width > 1 && self.height > 1 else {
      return resized(width: max(2, self.width), height: max(2, self.height), filter: .area).warped(
        columnX: columnX, columnY: columnY, origin: origin, width: width, height: height)
    }
    let reduction = max((columnX * columnX).sum(), (columnY * columnY).sum()).squareRoot()
    // Slightly above 1, averaging would only blur.
    let samples = reduction < 1.2 ? 0 : Int(min(reduction, Image.mostSamples).rounded(.up))
    let map = [columnX.x, columnY.x, origin.x, columnX.y, columnY.y, origin.y]
    let warped = unsafe [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      unsafe cpixels_warp(
        pixels, Int64(self.width), Int64(self.height), map, Int32(samples), target.baseAddress,
        Int64(width), Int64(height))
      count = width * height * 3
    }
    return Image(width: width, height: height, pixels: warped)
  }

  /// The maximum number of samples along a pixel's side: enough for a face of 2 000 pixels.
  private static let mostSamples = 12.0
}
