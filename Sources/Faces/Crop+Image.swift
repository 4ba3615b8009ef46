public import Engine
public import Media

extension Tensor {
  /// A picture, `[1, H, W, 3]` in 0…1.
  public init(of image: Image) {
    self = Tensor.stacked(1, part: [image.height, image.width, 3]) { _, part in
      for place in image.pixels.indices { part[place] = Float(image.pixels[place]) / 255 }
    }
  }
}

extension Crop {
  /// Face `index` of a batch `[N, H, W, 3]` as a picture.
  ///
  /// Values outside 0…1 are clamped, and NaN becomes black.
  public static func image(of faces: Tensor, at index: Int) -> Image {
    let shape = faces.shape
    precondition(
      shape.count == 4 && shape[3] == 3 && index < shape[0], "no picture \(index) in \(shape)")
    let count = shape[1] * shape[2] * 3
    let pixels = faces.read { values in
      (index * count..<(index + 1) * count).map { at in
        let value = values[at]
        return value > 0 ? UInt8((min(value, 1) * 255).rounded()) : 0
      }
    }
    return Image(width: shape[2], height: shape[1], pixels: pixels)
  }
}
