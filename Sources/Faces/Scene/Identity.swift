import Engine

/// The parameters of a synthetic person.
///
/// The first group are shapes in standard deviations from an average adult head (0 is average, ±2.5
/// the limits), the second group tones and textures in 0…1.
public struct Identity: Codable, Equatable, Sendable {
  // Shapes.
  public var faceWidth: Float = 0
  public var faceLength: Float = 0
  public var headDepth: Float = 0
  public var jawWidth: Float = 0
  public var jawSquareness: Float = 0
  public var chinLength: Float = 0
  public var chinWidth: Float = 0
  public var chinForward: Float = 0
  public var cheekboneWidth: Float = 0
  public var cheekFullness: Float = 0
  public var foreheadHeight: Float = 0
  public var foreheadSlope: Float = 0
  public var browRidge: Float = 0
  public var browHeight: Float = 0
  public var browArch: Float = 0
  public var eyeWidth: Float = 0
  public var eyeOpening: Float = 0
  public var eyeSpacing: Float = 0
  public var eyeTilt: Float = 0
  public var eyeDepth: Float = 0
  public var lidFold: Float = 0
  public var noseLength: Float = 0
  public var noseWidth: Float = 0
  public var noseBridge: Float = 0
  public var noseBridgeWidth: Float = 0
  public var noseHump: Float = 0
  public var noseTipUp: Float = 0
  public var noseTipSize: Float = 0
  public var noseForward: Float = 0
  public var mouthWidth: Float = 0
  public var mouthHeight: Float = 0
  public var upperLip: Float = 0
  public var lowerLip: Float = 0
  public var lipsForward: Float = 0
  public var earSize: Float = 0
  public var earAngle: Float = 0
  public var neckWidth: Float = 0
  /// How much the left half differs from the right one.
  public var asymmetry: Float = 0

  // Tones and textures.
  /// Melanin: 0 is the palest skin, 1 the darkest.
  public var skinMelanin: Float = 0.3
  /// Blood under the skin.
  public var skinRedness: Float = 0.4
  public var skinYellowness: Float = 0.4
  public var skinUnevenness: Float = 0.3
  public var skinShine: Float = 0.4
  public var pores: Float = 0.4
  public var freckles: Float = 0
  public var moles: Float = 0.2
  /// Lines and folds of age: 0 is twenty years, 1 is seventy.
  public var age: Float = 0.2
  public var lipRedness: Float = 0.5
  /// From blue (0) over green and hazel to dark brown (1).
  public var irisBrown: Float = 0.7
  public var irisLightness: Float = 0.5
  public var browThickness: Float = 0.5
  public var browDensity: Float = 0.6
  public var lashes: Float = 0.4
  /// Melanin of the hair: 0 is white blond, 1 black.
  public var hairMelanin: Float = 0.7
  public var hairRedness: Float = 0.2
  public var hairGray: Float = 0
  public var hairVolume: Float = 0.5
  public var hairCurl: Float = 0.2
  /// How far the hairline has receded.
  public var hairline: Float = 0.2
  public var beardDensity: Float = 0

  // Styles.
  public var hair = HairStyle.short
  public var beard = BeardStyle.none
  public var glasses = GlassesStyle.none
  /// The seed of pores, moles and strands: everything that is neither a shape nor a tone.
  public var grain: UInt64 = 0

  /// The average head.
  public init() {}
}

/// A hair style.
public enum HairStyle: String, Codable, CaseIterable, Sendable {
  case bald, cropped, short, parted, swept, bob, long, tied
}

/// A beard style.
public enum BeardStyle: String, Codable, CaseIterable, Sendable {
  case none, stubble, moustache, goatee, full
}

/// A style of glasses.
public enum GlassesStyle: String, Codable, CaseIterable, Sendable {
  case none, thin, round, thick
}
