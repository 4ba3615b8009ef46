public import Detection

/// What the detectors say of one file.
public struct FileVerdict: Codable, Sendable {
  /// The picture or video, as it was named.
  public let file: String
  /// Frames and pictures that were looked at, and those of them without a face.
  public let frames, framesWithoutFace: Int
  /// The people in it, the largest first; empty where no face was found.
  public let people: [PersonVerdict]
  /// What the user should know; each a sentence.
  public let notes: [String]
  /// Why the file could not be judged; nil where it could.
  public let failure: String?

  /// The answer about the whole file.
  public var verdict: Verdict {
    if people.isEmpty { return .noFace }
    return people.contains { $0.verdict == .fake } ? .fake : .real
  }

  /// What a file can be called.
  public enum Verdict: String, Codable, Sendable {
    case real, fake
    /// An answer of its own: nothing was judged.
    case noFace = "no face found"
  }
}

/// What the detectors say of one person in a file.
public struct PersonVerdict: Codable, Sendable {
  /// The person's number, from 1, the largest first.
  public let person: Int
  /// How many faces were scored.
  public let faces: Int
  /// How probably fake: the mean over the frames of all detectors together, 0…1.
  public let probability: Double
  /// Where that mean would lie in 95 of 100 draws of other stretches of the video; nil for one face.
  public let interval: MetricEstimate.Interval?
  /// The probability from which on the person is called fake.
  public let threshold: Double
  /// The share of frames over the threshold.
  public let shareOverThreshold: Double
  /// What each detector says alone.
  public let detectors: [Part]
  /// Frame by frame.
  public let scores: [FrameScore]
  public let verdict: FileVerdict.Verdict

  /// One detector's part.
  public struct Part: Codable, Equatable, Sendable {
    /// The model's name in `Checkpoints`.
    public let model: String
    public let detector: DetectorKind
    /// The mean over the frames, 0…1.
    public let probability: Double
    public let threshold: Double
    /// The share of frames over its own threshold.
    public let shareOverThreshold: Double
  }

  /// One frame.
  public struct FrameScore: Codable, Equatable, Sendable {
    /// From 0; nil for a picture.
    public let frame: Int?
    /// In seconds.
    public let time: Double?
    /// Of all detectors together, 0…1.
    public let probability: Double
    /// Of each detector, in the order of `detectors`.
    public let each: [Double]
  }
}
