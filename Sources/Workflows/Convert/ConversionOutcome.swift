public import Generation
public import Records

/// The result of a conversion.
public struct ConversionOutcome: Codable, Equatable, Sendable {
  /// The finished file or folder.
  public var output: String
  /// The numbers of frames or pictures, and of those with a swapped face.
  public var frames = 0, swapped = 0
  /// The numbers of faces, and of swapped ones.
  public var facesFound = 0, facesSwapped = 0
  /// The numbers of faces that were left as they were, by reason.
  public var facesLeft: [SwapObstacle: Int] = [:]
  /// How well the swapped faces fit into their pictures.
  public var fit = InsertionFit()
  /// The number of frames finished by earlier sessions.
  public var resumed = 0
  /// The frame-to-frame change of swapped faces in excess of the source's.
  public var flicker: Double?
  /// Seconds of this session.
  public var seconds = 0.0
  /// Seconds of work of each stage, without waiting; stages overlap.
  public var stages: [String: Double] = [:]
  /// Notes for the user: damage, an early end.
  public var notes: [String] = []
  /// The report; nil if the run is not recorded, or was interrupted.
  public var report: String?
  /// The positions of swapped faces.
  var shown: [ShownFace] = []

  /// A conversion that has not started.
  init(output: String) { self.output = output }

  enum CodingKeys: String, CodingKey {
    case output, frames, swapped, resumed, flicker, seconds, stages, notes, report, fit
    case facesFound = "faces_found"
    case facesSwapped = "faces_swapped"
    case facesLeft = "faces_left"
  }
}

/// An event of a conversion.
public enum ConversionEvent: RunEvent, Equatable {
  /// The conversion has started, with the number of frames from earlier sessions.
  case began(input: String, done: Int)
  /// Progress: frames or pictures, and their total if known.
  case converted(Int, of: Int?)
  /// The pieces of video are being joined.
  case joining
}
