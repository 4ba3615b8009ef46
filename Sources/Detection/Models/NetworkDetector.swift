public import Engine
public import Faces
public import Media

/// A trained network that scores each frame of a clip, or clips as a whole.
///
/// A network of several frames scores a clip by windows of so many, as few as cover the clip and
/// evenly spread over it: its score is the mean of their logits.
public final class NetworkDetector: Detector {
  /// The architecture.
  public let architecture: NetworkArchitecture
  /// The preprocessing of a crop.
  public let input: DetectorInput
  /// The training settings, as text for the file; nil if unknown.
  public let settings: String?
  private let network: ScoringNetwork

  /// The batch size of inference in frames, of networks of several frames.
  ///
  /// Memory for activations grows with it. A window of a clip is scored as a whole.
  public static let batch = 4

  /// A detector with the current weights of `network`.
  public convenience init(
    _ network: DetectorNetwork, input: DetectorInput, settings: String? = nil
  ) {
    // A copy, because the network's weights may change later.
    let own = DetectorNetwork(
      network.architecture, side: network.side, randomness: RandomSource(seed: 0))
    for (mine, given) in zip(own.parameters, network.parameters) {
      mine.parameter.value = given.parameter.value
    }
    self.init(owning: own, input: input, settings: settings)
  }

  /// A detector that is a network, whose weights change no more.
  init(owning network: DetectorNetwork, input: DetectorInput, settings: String?) {
    precondition(network.side == input.side, "\(network.side) is not the input's \(input.side)")
    architecture = network.architecture
    (self.input, self.settings) = (input, settings)
    self.network = ScoringNetwork(network: network, scoring: network.forScoring)
  }

  /// The kind of detector.
  public var kind: DetectorKind { architecture.kind }

  /// As many consecutive frames as the network looks at.
  public var requirements: DetectorRequirements {
    DetectorRequirements(frames: architecture.frames)
  }

  public func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    guard architecture.frames > 1 else {
      return DetectorScore.frames(logits(of: clips.flatMap { $0.frames.map(\.crop) }), of: clips)
    }
    return logits(ofLengths: clips.map(\.frames.count)) { clips[$0].frames[$1].crop }
      .map(DetectorScore.clip)
  }

  /// The logits of faces, above 0 for fake, of a network that looks at each by itself.
  ///
  /// - Parameter faces: 256×256; preprocessed as in `input`.
  public func logits(of faces: [Image]) -> [Double] {
    logits(ofLengths: faces.map { _ in 1 }) { face, _ in faces[face] }
  }

  /// The logits of successions of frames: each the mean over its windows.
  ///
  /// - Parameters:
  ///   - lengths: how many frames each has; no fewer than the network looks at.
  ///   - picture: a frame, 256×256; called on several threads.
  func logits(
    ofLengths lengths: [Int], picture: @Sendable (_ index: Int, _ frame: Int) -> Image
  ) -> [Double] {
    let frames = architecture.frames
    guard frames > 1 || lengths.count < 2 else {
      // Each thread takes a face at a time, so that none waits for another within a layer, and little
      // memory goes from layer to layer.
      return ThreadPool.map(lengths.count) { index in
        FrameWindows.logits(
          ofLengths: [lengths[index]], frames: 1, atOnce: 1, input, picture: { picture(index, $1) },
          score: { logits(of: $0) }
        )[0]
      }
    }
    return FrameWindows.logits(
      ofLengths: lengths, frames: frames, atOnce: max(1, NetworkDetector.batch / frames), input,
      picture: picture
    ) { pictures in
      logits(of: pictures.reshaped(to: network.scoring.inputShape(pictures.shape[0] / frames)))
    }
  }

  /// The logits of normalized pictures, `[N, side, side, 3]`, or clips, `[N, frames, side, side, 3]`.
  public func logits(of pictures: Tensor) -> [Double] {
    network.scoring.logits(pictures).values.map(Double.init)
  }

  /// The network's input for faces, `[N, side, side, 3]`.
  public static func pictures(_ faces: [Image], _ input: DetectorInput) -> Tensor {
    Tensor.stacked(faces.count, part: [input.side, input.side, 3]) { index, picture in
      PictureView(of: faces[index], input).draw(faces[index], input, into: &picture)
    }
  }

  /// The weights by their names in files.
  var parameters: [(name: String, tensor: Tensor)] {
    network.network.parameters.map { ($0.name, $0.parameter.plain) }
  }

  /// The layers with their weights, which change no more.
  public var body: any Layer { network.network.body }

  /// Whether the network looks at the optical flow between frames.
  public var readsFlow: Bool { body.steps.first?.layer.node.operation == .opticalFlow }

  /// A copy of the weights in a network that gives gradients by its input; nil for a network of
  /// several frames.
  public var differentiable: (network: DetectorNetwork, input: DetectorInput)? {
    guard architecture.frames == 1 else { return nil }
    let copy = DetectorNetwork(
      architecture, side: input.side, reachesInput: true, randomness: RandomSource(seed: 0))
    let source = Checkpoint(tensors: parameters, metadata: [:])
    guard (try? copy.parameters.restore(from: source)) != nil else { return nil }
    return (copy, input)
  }

  public func evidence(on clip: FaceClip) -> [DetectorEvidence] {
    // Of a clip that several windows cover, the one in its middle.
    let first = (clip.frames.count - architecture.frames) / 2
    let window = Array(clip.frames[first..<first + architecture.frames])
    let map = gradCAM(on: window.map(\.crop)).map { DetectorEvidence.gradCAM($0) }
    let own = architecture.evidence.map {
      DetectorEvidence.clip($0(network.network, input, window))
    }
    return [map, own].compactMap(\.self)
  }
}

/// A network, and the same for inference: their weights are immutable, so any number of threads may
/// use it.
private struct ScoringNetwork: @unchecked Sendable {
  let network, scoring: DetectorNetwork
}
