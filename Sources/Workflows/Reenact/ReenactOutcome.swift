public import Generation

/// The result of a reenactment.
public struct ReenactOutcome: Codable, Equatable, Sendable {
  /// The finished video.
  public var output: String
  /// False after an interruption; rerun to resume.
  public var isFinished = false
  /// The file of the swap model's weights.
  public var model: String?
  /// Its training steps; nil for a model that was given.
  public var iteration: Int?
  /// The numbers of frames, and of those with a reenacted face.
  public var frames = 0, reenacted = 0
  /// The number of faces found in them.
  public var facesFound = 0
  /// The numbers of faces that were left as they were, by reason.
  public var facesLeft: [SwapObstacle: Int] = [:]
  /// How well the faces fit into their pictures.
  public var fit = InsertionFit()
  /// The frame-to-frame change of the faces in excess of the target's.
  public var flicker: Double?
  /// Seconds of this session.
  public var seconds = 0.0
  /// Notes for the user.
  public var notes: [String] = []
  /// The report; nil if the run is not recorded, or was interrupted.
  public var report: String?
  /// The positions of reenacted faces.
  var shown: [ShownFace] = []

  /// A reenactment that has not started.
  init(output: String) { self.output = output }

  enum CodingKeys: String, CodingKey {
    case output, model, iteration, frames, reenacted, fit, flicker, seconds, notes, report
    case isFinished = "finished"
    case facesFound = "faces_found"
    case facesLeft = "faces_left"
  }

  /// Takes over what was made of the video.
  mutating func note(_ conversion: ConversionOutcome) {
    (frames, reenacted) = (conversion.frames, conversion.swapped)
    (facesFound, facesLeft) = (conversion.facesFound, conversion.facesLeft)
    (fit, flicker) = (conversion.fit, conversion.flicker)
    notes += conversion.notes
    shown = conversion.shown
  }
}
