public import Detection

/// What the detectors say of one file.
public struct FileVerdict: Codable, Sendable {
  /// The picture or video, as it was named.
  public let file: String
  /// Frames and pictures that were looked at, and those of them without a face.
  public let frames, framesWithoutFace: Int
  /// The people in it, the largest first; empty where no face was found.
  public let people: [PersonVerdict]
  /// How its noise compares with that of known cameras, the most alike first; nil where it was not
  /// compared.
  public let cameras: [CameraMatch]?
  /// The folder with the pictures of these cameras; nil where it was not compared.
  public let references: String?
  /// What the user should know; each a sentence.
  public let notes: [String]
  /// Why the file could not be scored; nil where it could.
  public let failure: String?
  /// The answer about the whole file.
  public let verdict: Verdict

  init(
    file: String, frames: Int = 0, framesWithoutFace: Int = 0, people: [PersonVerdict] = [],
    cameras: [CameraMatch]? = nil, references: String? = nil, notes: [String] = [],
    failure: String? = nil
  ) {
    (self.cameras, self.references) = (cameras, references)
    (self.file, self.frames, self.framesWithoutFace) = (file, frames, framesWithoutFace)
    (self.people, self.notes, self.failure) = (people, notes, failure)
    let verdicts = people.map(\.verdict)
    verdict =
      people.isEmpty
      ? framesWithoutFace < frames ? .notApplicable : .noFace
      : verdicts.contains(.fake) ? .fake : verdicts.contains(.undecided) ? .undecided : .real
  }

  /// Which camera its noise matches, in a sentence; nil where it was not compared.
  public var cameraSentence: String? { cameras.map(CameraMatch.sentence) }

  /// What a file can be called: fake if anybody in it is, else undecided if anybody is, else real.
  public enum Verdict: String, Codable, Sendable {
    case real, fake, undecided
    /// An answer of its own: nothing was scored.
    case noFace = "no face found"
    /// There are faces, and no detector is applicable to them.
    case notApplicable = "not applicable"
  }
}

/// What the detectors say of one person in a file.
public struct PersonVerdict: Codable, Sendable {
  /// The person's number, from 1, the largest first.
  public let person: Int
  /// How many faces were scored.
  public let faces: Int
  /// The mean over the frames of all detectors together, 0…1.
  public let score: Double
  /// Where that mean would lie in 95 of 100 draws of other stretches of the video; nil for one face.
  public let interval: MetricEstimate.Interval?
  /// The limits of verdicts, and the error rates there.
  public let operatingPoint: OperatingPoint
  /// How the score compares with those of validation videos; nil where these are not known.
  public let context: ScoreContext?
  /// The share of frames whose own score is that of a fake.
  public let fakeFrames: Double
  /// What each detector says alone.
  public let detectors: [Part]
  /// Frame by frame.
  public let scores: [FrameScore]
  public let verdict: Verdict
  /// The median quality of the faces' pictures.
  public let quality: InputQuality
  /// Why the pictures are unlike those that the detectors know, each to be read inside a sentence; with
  /// any, the verdict is undecided whatever the score.
  public let reasons: [String]
  /// The verdict in words: score, limits and error rates, or the reasons.
  public let text: String

  /// One detector's part.
  public struct Part: Codable, Equatable, Sendable {
    /// The model's name in `Checkpoints`.
    public let model: String
    public let detector: DetectorKind
    /// The mean over the frames, 0…1; nil where it is not applicable.
    public let score: Double?
    public let operatingPoint: OperatingPoint
    /// The share of frames whose own score is that of a fake; nil where it is not applicable.
    public let fakeFrames: Double?
    /// Its own verdict in words, or why there is none.
    public let text: String
  }

  /// One frame.
  public struct FrameScore: Codable, Equatable, Sendable {
    /// From 0; nil for a picture.
    public let frame: Int?
    /// In seconds.
    public let time: Double?
    /// Where the face is: the left and the upper edge, width and height, in pixels of the frame.
    public let box: [Double]?
    /// Of all detectors together, 0…1.
    public let score: Double
    /// Of each detector, in the order of `detectors`; nil where one has none.
    public let each: [Double?]
  }
}
