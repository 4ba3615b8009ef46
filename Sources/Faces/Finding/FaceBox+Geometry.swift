import Media

extension FaceBox {
  /// The box that dlib's detector would give a face with these landmarks: the one whose mean shape,
  /// shifted, scaled and rotated by a multiple of 90°, is closest to them.
  ///
  /// It moves as smoothly as the landmarks, while the detector's boxes jump on its grid.
  public init(around landmarks: [SIMD2<Float>]) {
    let turn = QuarterTurn(of: landmarks)
    let mean = MeanFace.flat
    let count = Double(mean.count)
    let middle = mean.reduce(SIMD2(0, 0), +) / count
    let there = landmarks.reduce(SIMD2(0, 0)) { $0 + SIMD2<Double>($1) } / count
    var (product, square) = (0.0, 0.0)
    for (point, landmark) in zip(mean, landmarks) {
      let p = point - middle
      product += (FaceBox.turned(p, turn) * (SIMD2<Double>(landmark) - there)).sum()
      square += (p * p).sum()
    }
    // Coincident or mirrored landmarks still have a box.
    let side = max(product / square, 1)
    // The box of an upright face is a square from this corner, seen from the landmarks' center.
    let corner = -side * (middle + SIMD2(0.5, 0))
    let (a, b) = (FaceBox.turned(corner, turn), FaceBox.turned(corner + side, turn))
    self.init(x: there.x + min(a.x, b.x), y: there.y + min(a.y, b.y), width: side, height: side)
  }

  /// A vector, rotated.
  private static func turned(_ vector: SIMD2<Double>, _ turn: QuarterTurn) -> SIMD2<Double> {
    switch turn {
    case .none: vector
    case .right: SIMD2(-vector.y, vector.x)
    case .half: -vector
    case .left: SIMD2(vector.y, -vector.x)
    }
  }

  /// The intersection over the union of the two boxes: 0 (disjoint) … 1 (equal).
  func overlap(with other: FaceBox) -> Double {
    let width = min(x + self.width, other.x + other.width) - max(x, other.x)
    let height = min(y + self.height, other.y + other.height) - max(y, other.y)
    guard width > 0, height > 0 else { return 0 }
    let both = width * height
    return both / (self.width * self.height + other.width * other.height - both)
  }
}
