public import Media

extension Portrait {
  /// The mask as a picture, from 0 (no face) to 255 (face).
  public var maskPicture: GrayImage {
    GrayImage(width: image.width, height: image.height, values: mask)
  }

  /// The depth as a picture: 16 bits, in millimeters; 0 for the background.
  public var depthPicture: GrayImage {
    GrayImage(
      width: image.width, height: image.height,
      values: depth.map { $0.isFinite ? UInt16(min(max(($0 * 10).rounded(), 1), 65535)) : 0 })
  }
}
