/// A facial expression.
///
/// Left and right are the person's own. Values are 0…1 unless noted otherwise.
public struct FacialExpression: Codable, Equatable, Sendable {
  public var jawOpen: Float = 0
  /// −1 to the person's right, 1 to the left.
  public var jawShift: Float = 0
  public var lipsPucker: Float = 0
  public var lipsStretch: Float = 0
  public var lipsPress: Float = 0
  public var upperLipRaise: Float = 0
  public var lowerLipDrop: Float = 0
  public var smileLeft: Float = 0
  public var smileRight: Float = 0
  public var frown: Float = 0
  public var cheekRaise: Float = 0
  public var cheekPuff: Float = 0
  public var noseWrinkle: Float = 0
  public var browInnerRaise: Float = 0
  public var browOuterRaiseLeft: Float = 0
  public var browOuterRaiseRight: Float = 0
  public var browLower: Float = 0
  /// 0 is open as at rest, 1 closed.
  public var lidLeft: Float = 0
  public var lidRight: Float = 0
  /// How wide the eyes are opened.
  public var lidsWide: Float = 0
  /// Radians, to the person's left.
  public var gazeYaw: Float = 0
  /// Radians, upwards.
  public var gazePitch: Float = 0

  /// The neutral expression.
  public init() {}
}
