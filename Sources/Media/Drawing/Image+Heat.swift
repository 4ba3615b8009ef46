extension Image {
  /// The picture with a red glow where `heat`, 0…1, is high.
  public func heated(by heat: Plane) -> Image {
    var pixels = self.pixels
    for place in heat.values.indices {
      let strength = 0.7 * heat.values[place]
      let gray =
        (Float(pixels[place * 3]) + Float(pixels[place * 3 + 1]) + Float(pixels[place * 3 + 2])) / 3
      for (channel, glow) in [Float(255), 40, 20].enumerated() {
        let value = gray * (1 - strength) + glow * strength
        pixels[place * 3 + channel] = UInt8(min(max(value, 0), 255))
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
