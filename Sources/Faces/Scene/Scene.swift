/// All parameters of a picture of a synthetic person.
///
/// The ground truth of a swap from A to B is A's scene with B's identity.
public struct Scene: Codable, Equatable, Sendable {
  public var identity = Identity()
  public var expression = FacialExpression()
  public var pose = Pose()
  /// The heartbeat that shows in the skin; nil for skin without a pulse.
  public var pulse: Pulse?
  public var light = Light()
  public var camera = Camera()
  public var backdrop = Backdrop()

  /// The average person with a neutral expression in soft light.
  public init() {}
}

/// The head's rotation, in radians; all 0 looks straight into the camera.
public struct Pose: Codable, Equatable, Sendable {
  /// Positive turns the face to the viewer's right.
  public var yaw: Float = 0
  /// Positive looks up.
  public var pitch: Float = 0
  /// Positive leans clockwise as the viewer sees it.
  public var roll: Float = 0
  public init() {}
}

/// One key light, and ambient light.
public struct Light: Codable, Equatable, Sendable {
  /// The direction of the key light: radians to the viewer's right of the camera.
  public var azimuth: Float = 0.5
  /// Radians above the camera.
  public var elevation: Float = 0.6
  /// From a point light (0) to an overcast sky (1).
  public var softness: Float = 0.5
  /// From blue shade (−1) to an orange lamp (1).
  public var warmth: Float = 0.1
  /// The brightness of the key light relative to the ambient light, 0…1.
  public var contrast: Float = 0.6
  /// The color of the ambient light, as `warmth`.
  public var fillWarmth: Float = -0.1
  /// Stops above or below a correct exposure.
  public var exposure: Float = 0
  public init() {}
}

/// The camera and its effects on a picture.
public struct Camera: Codable, Equatable, Sendable {
  /// The distance of the head, in centimeters; the smaller, the stronger the perspective.
  public var distance: Float = 120
  /// The size of the head in the picture: 1 fills it as in a face crop.
  public var zoom: Float = 1
  /// The offset of the face's center from the picture's, in picture sides.
  public var shiftX: Float = 0
  public var shiftY: Float = 0
  /// Blur of lens and focus, in pixels of a 256×256 picture.
  public var blur: Float = 0.5
  /// The standard deviation of sensor noise in the mid-tones, of 255.
  public var noise: Float = 2
  /// The sensor's fixed pattern noise; nil for a sensor without any.
  public var sensor: Sensor?
  /// The JPEG quality of the camera's file, 1…100; nil for pictures as they leave the sensor.
  public var jpegQuality: Int? = 92
  public var vignette: Float = 0.15
  /// The seed of the noise.
  public var grain: UInt64 = 0
  public init() {}
}

/// The background behind the head.
public struct Backdrop: Codable, Equatable, Sendable {
  public var kind = Kind.plain
  /// Linear RGB, 0…1.
  public var color = SIMD3<Float>(0.3, 0.34, 0.4)
  public var secondColor = SIMD3<Float>(0.15, 0.17, 0.2)
  /// The seed of the shapes.
  public var grain: UInt64 = 0
  public init() {}

  /// The kind of background, out of focus.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case plain, gradient, room, window, foliage, lights
  }
}
