private import CPixels

/// A resampling filter; pixels are squares with centers at half-integers.
public enum ResizeFilter: Equatable, Sendable {
  /// Area average, as OpenCV's `INTER_AREA`; the best for reducing.
  ///
  /// Along a side that grows it is `.bilinear`.
  case area
  /// Linear interpolation, as OpenCV's `INTER_LINEAR`; aliases at large reductions.
  case bilinear
  /// Lanczos' window with three lobes, widened for reduction like PIL's `LANCZOS`.
  case lanczos
}

extension Image {
  /// The picture at half of its width and height, rounded down, each pixel the mean of four.
  public func halved() -> Image {
    precondition(width > 1 && height > 1, "no half of \(width)x\(height)")
    let (columns, rows) = (width / 2, height / 2)
    let reduced = unsafe [UInt8](unsafeUninitializedCapacity: columns * rows * 3) { target, count in
      unsafe cpixels_halve(pixels, Int64(width), Int64(height), target.baseAddress)
      count = columns * rows * 3
    }
    return Image(width: columns, height: rows, pixels: reduced)
  }

  /// The picture resized, without keeping the aspect ratio.
  public func resized(width: Int, height: Int, filter: ResizeFilter) -> Image {
    precondition(width > 0 && height > 0, "no picture is \(width)x\(height)")
    guard width != self.width || height != self.height else { return self }
    let columns = ResizeWeights(from: self.width, to: width, filter)
    let rows = ResizeWeights(from: self.height, to: height, filter)
    let narrowed = mixedAlongRows(columns, width: width)
    return Image(
      width: width, height: height,
      pixels: Image.mixedAlongColumns(narrowed, rows, rowLength: width * 3, height: height))
  }

  /// All rows resampled to `width` pixels, unrounded.
  private func mixedAlongRows(_ columns: ResizeWeights, width: Int) -> [Float] {
    let (taps, oldLength) = (columns.count, self.width * 3)
    return unsafe [Float](unsafeUninitializedCapacity: width * height * 3) { result, count in
      unsafe pixels.withUnsafeBufferPointer { pixels in
        unsafe columns.weights.withUnsafeBufferPointer { weights in
          var target = 0
          for y in 0..<height {
            for x in 0..<width {
              var (red, green, blue): (Float, Float, Float) = (0, 0, 0)
              var source = y * oldLength + columns.starts[x] * 3
              for tap in 0..<taps {
                let weight = unsafe weights[x * taps + tap]
                unsafe red += weight * Float(pixels[source])
                unsafe green += weight * Float(pixels[source + 1])
                unsafe blue += weight * Float(pixels[source + 2])
                source += 3
              }
              unsafe result[target] = red
              unsafe result[target + 1] = green
              unsafe result[target + 2] = blue
              target += 3
            }
          }
        }
      }
      count = width * height * 3
    }
  }

  /// The columns resampled to `height` rows, rounded to the nearest level.
  private static func mixedAlongColumns(
    _ values: [Float], _ rows: ResizeWeights, rowLength: Int, height: Int
  ) -> [UInt8] {
    var sums = [Float](repeating: 0, count: rowLength)
    return unsafe [UInt8](unsafeUninitializedCapacity: rowLength * height) { result, count in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<height {
            unsafe sums.update(repeating: 0.5)
            for tap in 0..<rows.count {
              let weight = rows.weights[y * rows.count + tap]
              let source = (rows.starts[y] + tap) * rowLength
              for x in 0..<rowLength { unsafe sums[x] += weight * values[source + x] }
            }
            for x in 0..<rowLength {
              unsafe result[y * rowLength + x] = UInt8(min(max(sums[x], 0), 255))
            }
          }
        }
      }
      count = rowLength * height
    }
  }
}
