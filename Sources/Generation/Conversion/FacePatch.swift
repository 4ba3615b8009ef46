import Engine
import Media

/// A rectangle of colors as floats in 0…1, red, green and blue interleaved, row by row.
struct FacePatch: Equatable, Sendable {
  let width: Int
  let height: Int
  var values: [Float]

  init(width: Int, height: Int, values: [Float]) {
    precondition(
      values.count == width * height * 3, "\(values.count) values, not \(width)×\(height)")
    self.width = width
    self.height = height
    self.values = values
  }

  /// Picture `index` of `[N, H, W, 3]`.
  init(of batch: Tensor, at index: Int) {
    let shape = batch.shape
    precondition(
      shape.count == 4 && shape[3] == 3 && index < shape[0], "no colors at \(index) of \(shape)")
    let count = shape[1] * shape[2] * 3
    let values = batch.read { span in
      var values: [Float] = []
      values.reserveCapacity(count)
      for at in index * count..<(index + 1) * count { values.append(span[at]) }
      return values
    }
    self.init(width: shape[2], height: shape[1], values: values)
  }

  /// A part of a picture.
  init(of image: Image, columns: Range<Int>, rows: Range<Int>) {
    var values: [Float] = []
    values.reserveCapacity(columns.count * rows.count * 3)
    let pixels = image.pixels
    for row in rows {
      let line = row * image.width
      for at in (line + columns.lowerBound) * 3..<(line + columns.upperBound) * 3 {
        values.append(Float(pixels[at]) / 255)
      }
    }
    self.init(width: columns.count, height: rows.count, values: values)
  }
}

extension FacePatch {
  /// The patch, sharpened or softened: `x + amount · (x − blurred x)`.
  ///
  /// The blur is [1 2 1]/4 along both axes, about one pixel of the face, because a 64×64 model
  /// loses the detail of its own last pixel, whatever the size of the picture. An amount of -1 blurs
  /// once, one of -2 twice. Only luma is sharpened: the edges of a model's colors are not where those of
  /// its luma are, and would grow into fringes.
  func sharpened(by amount: Float) -> FacePatch {
    var (result, rest) = (self, amount)
    while rest < 0 {
      result = result.adding(max(rest, -1), of: result.blurred)
      rest += 1
    }
    return amount > 0 ? addingLuma(amount, of: blurred) : result
  }

  /// The patch blurred by [1 2 1]/4 along both axes.
  var blurred: FacePatch {
    blurred(step: width * 3, count: height).blurred(step: 3, count: width)
  }

  /// `x + amount · (x − blur)`.
  private func adding(_ amount: Float, of blur: FacePatch) -> FacePatch {
    var result = self
    for index in values.indices {
      result.values[index] += amount * (values[index] - blur.values[index])
    }
    return result
  }

  /// `x + amount · luma of (x − blur)`, to all channels alike.
  private func addingLuma(_ amount: Float, of blur: FacePatch) -> FacePatch {
    var result = self
    for pixel in 0..<width * height {
      let detail = amount * (luma(pixel) - blur.luma(pixel))
      for channel in 0..<3 { result.values[3 * pixel + channel] += detail }
    }
    return result
  }

  /// Blurs along one axis of `count` values that lie `step` values apart.
  private func blurred(step: Int, count: Int) -> FacePatch {
    var result = self
    for index in values.indices {
      let place = index / step % count
      let before = place > 0 ? values[index - step] : values[index]
      let after = place < count - 1 ? values[index + step] : values[index]
      result.values[index] = (before + 2 * values[index] + after) / 4
    }
    return result
  }
}
