/// A sort order of faces.
public enum FaceSortKey: String, CaseIterable, Sendable {
  /// Sharpest first.
  case blur
  /// Turned farthest to the viewer's right first.
  case yaw
  /// Looking up farthest first.
  case pitch
  /// Brightest first.
  case brightness
  /// Most similar to all others first, so that faces that do not belong come last.
  case similarity
}

/// A face with its metrics.
public struct SummarizedFace: Encodable, Equatable, Sendable {
  /// The picture's name in its folder.
  public let name: String
  let path: String
  /// The variance of the Laplacian; lower is more blurred.
  public var blur = 0.0
  /// The mean gray, 0…1.
  public var brightness = 0.0
  /// The head's rotation, in radians; nil if no face was found.
  public var yaw, pitch: Double?
  /// The similarity to the mean face of the face set, -1…1; nil if no face was found.
  public var similarity: Double?
  /// The source file.
  public var source: String?
  /// Seconds from the start of the source.
  public var time: Double?
  /// The width in the source, in pixels.
  public var width: Double?

  enum CodingKeys: CodingKey {
    case name, blur, brightness, yaw, pitch, similarity, source, time, width
  }

  /// The value of a metric.
  public func value(of key: FaceSortKey) -> Double? {
    switch key {
    case .blur: blur
    case .yaw: yaw
    case .pitch: pitch
    case .brightness: brightness
    case .similarity: similarity
    }
  }

  /// The value for display; angles in degrees.
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
