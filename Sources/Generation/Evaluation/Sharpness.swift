/// The sharpness of a picture relative to another: the ratio of their mean gradients.
///
/// The mean length of the gradient of one picture over that of the other; below 1 for a blurred
/// picture, above 1 for one with too many edges or too much grain. It measures only the amount of
/// detail, not where it is.
enum Sharpness {
  /// The ratio for two pictures of one size; nil if `other` is uniform.
  ///
  /// - Parameter mask: the weight of each pixel; nil for 1 everywhere.
  static func ratio(of picture: Channels, to other: Channels, mask: [Double]? = nil) -> Double? {
    let ratio = gradient(of: picture, mask) / gradient(of: other, mask)
    return ratio.isFinite ? ratio : nil
  }

  private static func gradient(of picture: Channels, _ mask: [Double]?) -> Double {
    let mask = mask ?? [Double](repeating: 1, count: picture.width * picture.height)
    return picture.planes.reduce(0) {
      $0
        + MaskedPlane(width: picture.width, height: picture.height, values: $1, mask: mask)
        .meanGradient()
    }
  }
}
