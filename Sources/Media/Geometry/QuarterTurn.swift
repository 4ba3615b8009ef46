/// A rotation of a picture by a multiple of 90°.
public enum QuarterTurn: Int, CaseIterable, Sendable {
  case none
  /// 90°, clockwise.
  case right
  /// 180°.
  case half
  /// 90°, counterclockwise.
  case left

  /// The rotation back.
  public var inverse: QuarterTurn {
    switch self {
    case .none, .half: self
    case .right: .left
    case .left: .right
    }
  }
}

extension Image {
  /// The picture, rotated.
  public func turned(_ turn: QuarterTurn) -> Image {
    switch turn {
    case .none: self
    case .right: turned(upright: 6)
    case .half: turned(upright: 3)
    case .left: turned(upright: 8)
    }
  }
}
