public import Engine
public import Faces
public import Media

/// A trained network that scores faces.
public final class NetworkDetector: FrameDetector {
  /// The architecture.
  public let architecture: NetworkArchitecture
  /// The preprocessing of a crop.
  public let input: DetectorInput
  /// The training settings, as text for the file; nil if unknown.
  public let settings: String?
  private let network: ScoringNetwork

  /// The batch size of inference.
  ///
  /// Memory for activations grows with it.
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

  /// The logits of faces, above 0 for fake.
  ///
  /// - Parameter faces: 256×256; preprocessed as in `input`.
  public func logits(of faces: [Image]) -> [Double] {
    stride(from: 0, to: faces.count, by: NetworkDetector.batch).flatMap { first in
      let part = Array(faces[first..<min(first + NetworkDetector.batch, faces.count)])
      return logits(of: NetworkDetector.pictures(part, input))
    }
  }

  /// The logits of normalized pictures, `[N, side, side, 3]`.
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

  /// A copy of the weights in a network that gives gradients by its input.
  public var differentiable: (network: DetectorNetwork, input: DetectorInput)? {
    let copy = DetectorNetwork(
      architecture, side: input.side, reachesInput: true, randomness: RandomSource(seed: 0))
    let source = Checkpoint(tensors: parameters, metadata: [:])
    guard (try? copy.parameters.restore(from: source)) != nil else { return nil }
    return (copy, input)
  }

  public func evidence(on clip: FaceClip) -> DetectorEvidence? {
    gradCAM(on: clip.frames[0].crop).map { .gradCAM($0) }
  }
}

/// A network, and the same for inference: their weights are immutable, so any number of threads may
/// use it.
private struct ScoringNetwork: @unchecked Sendable {
  let network, scoring: DetectorNetwork
}
