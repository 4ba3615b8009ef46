private import CPixels

extension Image {
  /// The picture blurred by a Gaussian of this standard deviation in pixels.
  ///
  /// Beyond the edges the edge pixels repeat.
  public func blurred(deviation: Double) -> Image {
    let taps = BlurTaps(deviation: deviation)
    var row = [Float](repeating: 0, count: 3 * (width + 2 * taps.radius))
    return unsafe made { target in
      unsafe cpixels_blur_picture(
        pixels, Int64(width), Int64(height), taps.weights, Int64(taps.radius), &row, target)
    }
  }

  /// The picture blended with another one: where the mask is 0 it is unchanged to the bit, where it
  /// is 1 it is the other one.
  public func mixed(with other: Image, by mask: Plane) -> Image {
    precondition(
      other.width == width && other.height == height && mask.width == width
        && mask.height == height, "pictures and mask of several sizes")
    return unsafe made { target in
      unsafe cpixels_mix(
        pixels, other.pixels, mask.values, Int64(mask.values.count), target)
    }
  }

  /// `self + weight · (other − self)`, so that weights below 0 lead away from the other picture.
  public func mixed(with other: Image, weight: Float) -> Image {
    precondition(other.width == width && other.height == height, "pictures of two sizes")
    return unsafe made { target in
      unsafe cpixels_mix_evenly(pixels, other.pixels, weight, Int64(pixels.count), target)
    }
  }

  /// The picture with this amount of its difference from a blurred version (σ of one pixel) added:
  /// unsharp masking.
  public func sharpened(amount: Double) -> Image {
    mixed(with: blurred(deviation: 1), weight: -Float(amount))
  }

  /// The picture with noise, drawn from 4096 equally likely values in levels of 0–255.
  ///
  /// - Parameter seed: the same seed gives the same noise.
  public func noised(_ likely: [Float], seed: UInt64) -> Image {
    precondition(likely.count == 4096, "\(likely.count) values")
    return unsafe made { target in
      unsafe cpixels_add_noise(pixels, likely, seed, Int64(pixels.count), target)
    }
  }

  /// The picture with its colors transformed.
  public func recolored(by matrix: ColorMatrix) -> Image {
    unsafe made { target in
      unsafe cpixels_recolor(pixels, matrix.numbers, Int64(width * height), target)
    }
  }

  /// A picture of the same size whose values `fill` writes.
  private func made(_ fill: (UnsafeMutablePointer<UInt8>?) -> Void) -> Image {
    let values = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      unsafe fill(target.baseAddress)
      count = pixels.count
    }
    return Image(width: width, height: height, pixels: values)
  }
}
