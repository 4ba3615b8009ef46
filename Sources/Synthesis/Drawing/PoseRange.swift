/// The range of head rotation in either direction, in radians.
public struct PoseRange: Equatable, Sendable {
  public var yaw, pitch, roll: Float

  /// The maximum range: 45°, 25° and 20°.
  public static let limit = PoseRange(degrees: 45, 25, 20)

  /// Angles in degrees.
  public init(degrees yaw: Double, _ pitch: Double, _ roll: Double) {
    (self.yaw, self.pitch, self.roll) = (
      Float(yaw * .pi / 180), Float(pitch * .pi / 180), Float(roll * .pi / 180)
    )
  }
}
