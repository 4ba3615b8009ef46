/// What faces can be sorted by.
public enum FaceSortKey: String, CaseIterable, Sendable {
  /// The sharpest first.
  case blur
  /// Those that are turned farthest to the viewer's right first.
  case yaw
  /// Those that look up farthest first.
  case pitch
  /// The brightest first.
  case brightness
  /// Those that look most like all the others first: what does not belong comes last.
  case similarity
}

/// A face of a set, with its figures.
public struct SummarizedFace: Encodable, Equatable, Sendable {
  /// The picture's name in its folder.
  public let name: String
  let path: String
  /// The variance of the Laplacian; the lower, the more blurred.
  public var blur = 0.0
  /// The mean gray, 0…1.
  public var brightness = 0.0
  /// How the head is turned, in radians; nil where no face is found.
  public var yaw, pitch: Double?
  /// How like the mean face of the set, -1…1; nil where no face is found.
  public var similarity: Double?
  /// Where it is from.
  public var source: String?
  /// Seconds from the beginning of the source.
  public var time: Double?
  /// The width in the source, in pixels.
  public var width: Double?

  enum CodingKeys: CodingKey {
    case name, blur, brightness, yaw, pitch, similarity, source, time, width
  }

  /// One of the figures.
  public func value(of key: FaceSortKey) -> Double? {
    switch key {
    case .blur: blur
    case .yaw: yaw
    case .pitch: pitch
    case .brightness: brightness
    case .similarity: similarity
    }
  }

  /// The figure as people read it; angles in degrees.
  public func text(of key: FaceSortKey) -> String {
    guard let value = value(of: key) else { return "–" }
    switch key {
    case .blur: return String(Int(value.rounded()))
    case .yaw, .pitch: return "\(Int((value * 180 / .pi).rounded()))°"
    case .brightness, .similarity: return String((value * 100).rounded() / 100)
    }
  }

  func label(of key: FaceSortKey?) -> String {
    key.map(text(of:)) ?? time.map { "\((($0 * 10).rounded()) / 10) s" } ?? name
  }
}
