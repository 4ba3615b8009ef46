public import Engine

/// How sharp pictures are: the mean length of the gradient, `mean |∇|`.
///
/// Forward differences over each channel; blur lowers it, noise and edges raise it. The ratio of a
/// reconstruction's to its original's tells how much of the detail is there.
public enum GradientEnergy {
  /// The energy of each picture of `[N, H, W, C]`, per pixel step, in the values' own unit.
  public static func ofEach(_ pictures: Tensor) -> [Double] {
    Team.map(pictures.shape[0]) { index in
      let picture = Channels(of: pictures, at: index)
      let sum = picture.planes.reduce(0) {
        $0 + energy($1, width: picture.width, height: picture.height)
      }
      return sum / Double(picture.planes.count)
    }
  }

  private static func energy(_ plane: [Double], width: Int, height: Int) -> Double {
    precondition(width > 1 && height > 1, "a \(width)×\(height) picture has no gradient")
    var sum = 0.0
    for row in 0..<height - 1 {
      for column in 0..<width - 1 {
        let at = row * width + column
        let dx = plane[at + 1] - plane[at]
        let dy = plane[at + width] - plane[at]
        sum += (dx * dx + dy * dy).squareRoot()
      }
    }
    return sum / Double((width - 1) * (height - 1))
  }
}
