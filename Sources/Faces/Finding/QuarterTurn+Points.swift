public import Media

extension QuarterTurn {
  /// The rotation of a face with these landmarks, to the nearest multiple of 90°.
  public init(of landmarks: [SIMD2<Float>]) {
    let mean = MeanFace.flat
    let middle = mean.reduce(SIMD2(0, 0), +) / Double(mean.count)
    let there = landmarks.reduce(SIMD2(0, 0)) { $0 + SIMD2<Double>($1) } / Double(mean.count)
    // The least-squares similarity, as a complex number.
    var (along, across) = (0.0, 0.0)
    for (point, landmark) in zip(mean, landmarks) {
      let (p, q) = (point - middle, SIMD2<Double>(landmark) - there)
      along += p.x * q.x + p.y * q.y
      across += p.x * q.y - p.y * q.x
    }
    if abs(across) > abs(along) {
      self = across > 0 ? .right : .left
    } else {
      // Mirrored landmarks count as upright.
      self = along < 0 ? .half : .none
    }
  }

  /// Where a point of a picture of this size is after the rotation.
  func place(_ point: SIMD2<Float>, width: Int, height: Int) -> SIMD2<Float> {
    switch self {
    case .none: point
    case .right: SIMD2(Float(height) - point.y, point.x)
    case .half: SIMD2(Float(width) - point.x, Float(height) - point.y)
    case .left: SIMD2(point.y, Float(width) - point.x)
    }
  }
}

extension TrackedFace {
  /// The face where it is after a picture of this size is rotated.
  func turned(_ turn: QuarterTurn, width: Int, height: Int) -> TrackedFace {
    var face = self
    face.landmarks = landmarks.map { turn.place($0, width: width, height: height) }
    return face
  }
}
