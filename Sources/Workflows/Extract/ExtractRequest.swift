public import Faces
import Foundation

/// What to take faces from, and which.
public struct ExtractRequest: Equatable, Sendable {
  /// Pictures, folders of pictures and videos (files or URLs), in this order.
  public var inputs: [String]
  /// The folder of the face set.
  public var out: String
  /// Every how many frames of a video, or pictures, one is looked at.
  public var every = 1
  /// The part of each video, in seconds.
  public var start, end: Double?
  /// The most faces to keep.
  public var maxFaces: Int?
  /// The narrowest face to search for, in pixels.
  public var smallest = FaceFinder.window
  /// True takes the jitter out of the landmarks of a video.
  public var isSmooth = false
  /// True makes a set of each person.
  public var isTracked = false
  /// True writes the masks.
  public var hasMasks = false
  /// What a face must be to be kept.
  public var limits = FaceLimits()
  /// True throws away the set that an earlier extraction has left.
  public var isForced = false

  /// The faces of these inputs, with the usual settings.
  public init(inputs: [String], out: String) {
    (self.inputs, self.out) = (inputs, out)
  }
}

/// What decides what comes out, as `extract.json` keeps it.
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
