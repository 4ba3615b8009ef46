import Detection
import Engine
import Faces
import Foundation
import Media
import Records

/// Scores pictures one by one as they come, such as those of a webcam; nothing is stored.
public actor LiveDetection {
  /// What one picture shows.
  public struct Look: Encodable, Sendable {
    /// A face with its own score.
    public struct Face: Encodable, Sendable {
      /// The left and the upper edge, width and height, in pixels of the picture.
      public let box: [Double]
      public let score: Double
      public let verdict: String
    }

    /// The faces, the largest first.
    public let faces: [Face]
    /// The verdict on the largest face over the last pictures; nil without a face.
    public let verdict: String?
    /// The verdict in words, with its limits and error rates.
    public let text: String?
    /// The number of pictures that the verdict rests on.
    public let pictures: Int
  }

  private let ensemble: DetectorEnsemble
  private var tracker: LiveTracker
  /// The largest face of the last pictures.
  private var recent: [ScoredFace] = []
  /// The verdict on them, which is renewed from time to time: its interval takes longer than a score.
  private var running: (verdict: PersonVerdict?, time: ContinuousClock.Instant)?

  /// The verdict rests on this many pictures: some twenty seconds.
  private static let memory = 200
  /// How often the verdict is renewed.
  private static let interval = Duration.milliseconds(500)
  /// Larger pictures are refused.
  private static let longestSide = 4096

  /// Loads detectors of single pictures.
  ///
  /// - Parameters:
  ///   - words: names of models or kinds; empty for those of the newest training.
  ///   - workspace: the workspace's folder.
  public init(detectors words: [String], workspace: String) throws {
    let workspace = try Workspace(at: workspace)
    let models = try DetectorModels(in: workspace).models(named: words)
    let stills = models.filter { $0.requirements.frames == 1 }
    guard !stills.isEmpty else { throw WorkflowError.clipsOnly(models.map(\.name)) }
    ensemble = DetectorEnsemble(
      models: stills, ensemble: .mean, results: try DetectResults.ofTraining(stills, in: workspace))
    tracker = LiveTracker(finder: try FaceFinder())
  }

  /// The names of the detectors.
  public var detectors: [String] { ensemble.models.map(\.name) }

  /// Looks at the next picture.
  ///
  /// - Parameter bytes: the encoded picture.
  public func look(at bytes: [UInt8]) throws -> Look {
    let image = try Image(decoding: bytes, name: "picture")
    guard max(image.width, image.height) <= LiveDetection.longestSide else {
      throw WorkflowError.largePicture(width: image.width, height: image.height)
    }
    let found = try tracker.track(image)
    let clips = found.enumerated().map { person, face in
      FaceClip([FaceClip.Frame(face, in: image)], track: person, source: SourceFrames([image]))
    }
    var scoring = FaceScoring(
      models: ensemble.models, ensemble: ensemble.ensemble, of: .picture(""))
    try scoring.add(clips)
    let people = scoring.faces.enumerated().map { PersonVerdict($0 + 1, [$1], by: ensemble) }
    if var largest = scoring.faces.first {
      largest.clip = nil
      recent = recent.suffix(LiveDetection.memory - 1) + [largest]
    }
    let running = scoring.faces.isEmpty ? nil : verdict
    return Look(
      faces: zip(scoring.faces, people).compactMap { face, person in
        guard let person, let box = face.box else { return nil }
        return Look.Face(
          box: [box.x, box.y, box.width, box.height].map { ($0 * 10).rounded() / 10 },
          score: person.score, verdict: person.answer)
      }, verdict: running?.answer, text: running?.text, pictures: recent.count)
  }

  /// The verdict on the last pictures, at most half a second old.
  private var verdict: PersonVerdict? {
    if let running, running.time.duration(to: .now) < LiveDetection.interval {
      return running.verdict
    }
    let verdict = PersonVerdict(1, recent, by: ensemble)
    running = (verdict, .now)
    return verdict
  }
}
