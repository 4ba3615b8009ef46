public import Engine
public import Faces
public import Media

/// A classifier of real and fake faces.
///
/// It is given clips, of which a still is the shortest, and says of each how surely it is fake, or
/// why it says nothing. `FrameDetector` is the shorter contract of those that look at each frame by
/// itself.
public protocol Detector: Sendable {
  /// The kind of detector.
  var kind: DetectorKind { get }

  /// What a clip must have to be scored.
  var requirements: DetectorRequirements { get }

  /// One score a clip, in their order.
  ///
  /// - Parameter clips: such as meet the requirements; `scores(of:)` sees to that.
  func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore]

  /// The detector as a safetensors file holds it; `kind`, `detector`, `calibration` and the other
  /// metadata of `TrainedDetector` are added by it.
  func checkpoint() -> Checkpoint

  /// What moved the score of a clip; nothing where the detector cannot tell.
  func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence]

  /// A network with the detector's weights that gives gradients by its input, and what it is shown
  /// of a face; nil for a detector that is no network.
  var differentiable: (network: DetectorNetwork, input: DetectorInput)? { get }
}

extension Detector {
  /// The score of each clip, in their order: not applicable where one lacks what the detector needs.
  public func scores(of clips: [FaceClip]) -> [DetectorScore] {
    let lacks = clips.map(requirements.lack)
    let sufficient = clips.indices.filter { lacks[$0] == nil }
    let scored = scores(ofSufficient: sufficient.map { clips[$0] })
    precondition(scored.count == sufficient.count, "\(scored.count) scores of \(sufficient.count)")
    var scores = lacks.map { DetectorScore.notApplicable($0 ?? "") }
    for (index, score) in zip(sufficient, scored) { scores[index] = score }
    return scores
  }

  public func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] { [] }

  public var differentiable: (network: DetectorNetwork, input: DetectorInput)? { nil }
}

/// A detector that looks at each frame of a clip by itself.
public protocol FrameDetector: Detector {
  /// How surely each face is fake: a logit, above 0 for fake, before any calibration.
  ///
  /// - Parameter faces: 256×256.
  /// - Returns: one logit a face, in their order.
  func logits(of faces: [Image]) -> [Double]
}

extension FrameDetector {
  /// Any frame will do.
  public var requirements: DetectorRequirements { DetectorRequirements() }

  public func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    DetectorScore.frames(logits(of: clips.flatMap { $0.frames.map(\.crop) }), of: clips)
  }
}

/// What moved the score of a clip.
public enum DetectorEvidence: Sendable {
  /// Where in the face a network looked.
  case gradCAM(GradCAM)
  /// The change of the score by frequency band.
  case frequencies([SpectrumReason])
  /// What was measured on a clip.
  case clip(any ClipEvidence)
}
