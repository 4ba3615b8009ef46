/// Everything that a picture of a synthetic person follows from.
///
/// The true swap of a picture of A is the same scene with B's identity.
public struct Scene: Codable, Equatable, Sendable {
  public var identity = Identity()
  public var expression = Expression()
  public var pose = Pose()
  public var light = Light()
  public var camera = Camera()
  public var backdrop = Backdrop()

  /// The average person at rest in soft light.
  public init() {}
}

/// How the head is turned, in radians; all 0 looks straight into the camera.
public struct Pose: Codable, Equatable, Sendable {
  /// Positive turns the face to the viewer's right.
  public var yaw: Float = 0
  /// Positive looks up.
  public var pitch: Float = 0
  /// Positive leans clockwise as the viewer sees it.
  public var roll: Float = 0
  public init() {}
}

/// One main light, and the light of the surroundings.
public struct Light: Codable, Equatable, Sendable {
  /// Where the main light stands: radians to the viewer's right of the camera.
  public var azimuth: Float = 0.5
  /// Radians above the camera.
  public var elevation: Float = 0.6
  /// 0 is a point, 1 an overcast sky.
  public var softness: Float = 0.5
  /// −1 is blue (shade), 1 is orange (a lamp).
  public var warmth: Float = 0.1
  /// How bright the main light is beside the surroundings, 0…1.
  public var contrast: Float = 0.6
  /// Color of the surroundings' light, as `warmth`.
  public var fillWarmth: Float = -0.1
  /// Stops over or under a good exposure.
  public var exposure: Float = 0
  public init() {}
}

/// The camera and what it does to a picture.
public struct Camera: Codable, Equatable, Sendable {
  /// The distance of the head, in centimeters; the nearer, the stronger the perspective.
  public var distance: Float = 120
  /// How large the head is in the picture: 1 fills it as a face crop does.
  public var zoom: Float = 1
  /// Where the face's middle lies, off the picture's, in picture sides.
  public var shiftX: Float = 0
  public var shiftY: Float = 0
  /// Blur of lens and focus, in pixels of a 256×256 picture.
  public var blur: Float = 0.5
  /// The deviation of the sensor's noise in the mid tones, of 255.
  public var noise: Float = 2
  /// The JPEG quality that the camera writes with, 1…100.
  public var jpegQuality: Int = 92
  public var vignette: Float = 0.15
  /// Which noise.
  public var grain: UInt64 = 0
  public init() {}
}

/// What stands behind the head.
public struct Backdrop: Codable, Equatable, Sendable {
  public var kind = Kind.plain
  /// Linear RGB, 0…1.
  public var color = SIMD3<Float>(0.3, 0.34, 0.4)
  public var secondColor = SIMD3<Float>(0.15, 0.17, 0.2)
  /// Which shapes.
  public var grain: UInt64 = 0
  public init() {}

  /// What kind of place it is, out of focus.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case plain, gradient, room, window, foliage, lights
  }
}
