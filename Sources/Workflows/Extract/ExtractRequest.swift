public import Faces
import Foundation

/// A request for an extraction.
public struct ExtractRequest: Equatable, Sendable {
  /// Pictures, folders of pictures and videos (files or URLs), in this order.
  public var inputs: [String]
  /// The folder of the face set.
  public var out: String
  /// The interval of processed frames or pictures.
  public var every = 1
  /// The part of each video, in seconds.
  public var start, end: Double?
  /// The maximum number of faces to keep.
  public var maxFaces: Int?
  /// The minimum width of faces to search for, in pixels.
  public var smallest = FaceFinder.window
  /// Whether to remove jitter from a video's landmarks.
  public var isSmooth = false
  /// Whether to write a face set per person.
  public var isTracked = false
  /// Whether to write masks.
  public var hasMasks = false
  /// The quality limits.
  public var limits = FaceLimits()
  /// Whether to replace an earlier extraction.
  public var isForced = false

  /// An extraction from these inputs, with default settings.
  public init(inputs: [String], out: String) {
    (self.inputs, self.out) = (inputs, out)
  }
}

/// The settings that determine the result, as stored in `extract.json`.
struct ExtractSettings: Codable, Equatable {
  var inputs: [String]
  var every: Int
  var start, end: Double?
  var maxFaces: Int?
  var smallest: Double
  var smooth, track, masks: Bool
  var limits: FaceLimits

  init(_ request: ExtractRequest) {
    inputs = request.inputs
    (every, start, end, maxFaces) = (request.every, request.start, request.end, request.maxFaces)
    smallest = request.smallest
    (smooth, track, masks) = (request.isSmooth, request.isTracked, request.hasMasks)
    limits = request.limits
  }
}
