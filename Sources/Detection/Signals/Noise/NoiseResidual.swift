public import Media

/// The noise of a picture: what a denoising filter takes away.
///
/// The filter of Mıhçak, Kozintsev and Ramchandran ("Spatially adaptive statistical modeling of
/// wavelet image coefficients", 1999), as Lukáš, Fridrich and Goljan use it for sensor noise ("Digital
/// camera identification from sensor pattern noise", 2006): four levels of a wavelet transform, whose
/// details are attenuated by what is locally more than noise.
public enum NoiseResidual {
  /// The standard deviation of noise that the filter expects, in gray levels.
  static let deviation: Float = 5
  private static let levels = 4
  /// The sides of the squares over which local variances are measured; the smallest variance counts.
  private static let windows = [3, 5, 7, 9]
  /// How far a plane is mirrored beyond its edges, so that the transform does not see them.
  private static let border = 32

  /// The residual of a plane in gray levels; of its size.
  public static func of(_ plane: Plane) -> Plane {
    let (step, border) = (1 << levels, NoiseResidual.border)
    let (width, height) = (plane.width, plane.height)
    let padded = SIMD2(
      (width + 2 * border + step - 1) / step * step, (height + 2 * border + step - 1) / step * step)
    var values = [Float](repeating: 0, count: padded.x * padded.y)
    for row in 0..<padded.y {
      let from = mirrored(row - border, in: height) * width
      for column in 0..<padded.x {
        values[row * padded.x + column] = plane.values[from + mirrored(column - border, in: width)]
      }
    }
    let noise = details(of: values, padded.x, padded.y, level: 0)
    var result = [Float](repeating: 0, count: width * height)
    for row in 0..<height {
      let from = (row + border) * padded.x + border
      for column in 0..<width { result[row * width + column] = noise[from + column] }
    }
    return Plane(width: width, height: height, values: result)
  }

  /// The residual of a picture's luma.
  public static func of(_ image: Image) -> Plane { of(image.luma) }

  /// The noise in the details of a level and of the coarser ones.
  private static func details(of values: [Float], _ width: Int, _ height: Int, level: Int)
    -> [Float]
  {
    guard level < levels else { return [Float](repeating: 0, count: values.count) }
    var parts = Wavelet.forward(values, width: width, height: height)
    let (half, middle) = (width / 2, height / 2)
    func quarter(_ x: Int, _ y: Int) -> [Float] {
      var part = [Float](repeating: 0, count: half * middle)
      for row in 0..<middle {
        for column in 0..<half {
          part[row * half + column] = parts[(y + row) * width + x + column]
        }
      }
      return part
    }
    func replace(_ x: Int, _ y: Int, by part: [Float]) {
      for row in 0..<middle {
        for column in 0..<half {
          parts[(y + row) * width + x + column] = part[row * half + column]
        }
      }
    }
    let coarser = details(of: quarter(0, 0), half, middle, level: level + 1)
    replace(0, 0, by: coarser)
    for (x, y) in [(half, 0), (0, middle), (half, middle)] {
      let noise = noise(
        in: quarter(x, y), width: half, height: middle, variance: deviation * deviation)
      replace(x, y, by: noise)
    }
    return Wavelet.inverse(parts, width: width, height: height)
  }

  /// The part of values that is noise of this variance: Wiener's factor, where the variance of what is
  /// no noise is the smallest over four squares around each value; beyond the edges values are 0.
  static func noise(in values: [Float], width: Int, height: Int, variance: Float) -> [Float] {
    // Sums over rectangles from a table of sums.
    var sums = [Double](repeating: 0, count: (width + 1) * (height + 1))
    for row in 0..<height {
      var sum = 0.0
      let (above, here) = (row * (width + 1), (row + 1) * (width + 1))
      for column in 0..<width {
        let value = Double(values[row * width + column])
        sum += value * value
        sums[here + column + 1] = sums[above + column + 1] + sum
      }
    }
    let noise = Double(variance)
    var result = values
    for row in 0..<height {
      for column in 0..<width {
        var least = Double.infinity
        for window in windows {
          let reach = window / 2
          let (top, bottom) = (
            max(row - reach, 0) * (width + 1), min(row + reach + 1, height) * (width + 1)
          )
          let (left, right) = (max(column - reach, 0), min(column + reach + 1, width))
          let sum =
            sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left]
          least = min(least, sum / Double(window * window))
        }
        result[row * width + column] *= Float(noise / (max(least - noise, 0) + noise))
      }
    }
    return result
  }

  /// A place beyond an end of a line, mirrored there as often as it takes.
  private static func mirrored(_ place: Int, in length: Int) -> Int {
    let turned = ((place % (2 * length)) + 2 * length) % (2 * length)
    return turned < length ? turned : 2 * length - 1 - turned
  }
}

extension Image {
  /// The brightness of each pixel in gray levels, 0…255.
  var luma: Plane {
    var values = [Float](repeating: 0, count: width * height)
    for place in values.indices {
      values[place] =
        0.299 * Float(pixels[3 * place]) + 0.587 * Float(pixels[3 * place + 1])
        + 0.114 * Float(pixels[3 * place + 2])
    }
    return Plane(width: width, height: height, values: values)
  }
}
