public import Engine
public import Faces
public import Media

/// A trained network that scores faces.
public final class NetworkDetector: FrameDetector {
  /// Which network it is.
  public let architecture: NetworkArchitecture
  /// What it is shown of a face picture.
  public let input: DetectorInput
  /// What it was trained with, as text for its file; nil where that is not known.
  public let settings: String?
  private let network: ScoringNetwork

  /// Faces that go through the network at once.
  public static let batch = 16

  /// A detector with the weights that `network` has now.
  public init(_ network: DetectorNetwork, input: DetectorInput, settings: String? = nil) {
    precondition(network.side == input.side, "\(network.side) is not the input's \(input.side)")
    architecture = network.architecture
    (self.input, self.settings) = (input, settings)
    // Weights of its own: those of the network may go on changing.
    let own = DetectorNetwork(
      network.architecture, side: network.side, randomness: RandomSource(seed: 0))
    for (mine, given) in zip(own.parameters, network.parameters) {
      mine.parameter.value = given.parameter.value
    }
    self.network = ScoringNetwork(
      network: own.forScoring, parameters: own.parameters.map { ($0.name, $0.parameter.plain) })
  }

  /// Which detector it is.
  public var kind: DetectorKind { architecture.kind }

  /// The logits of some faces, above 0 for fake.
  ///
  /// - Parameter faces: 256×256, as `input` takes them apart.
  public func logits(of faces: [Image]) -> [Double] {
    stride(from: 0, to: faces.count, by: NetworkDetector.batch).flatMap { first in
      let part = Array(faces[first..<min(first + NetworkDetector.batch, faces.count)])
      return logits(of: NetworkDetector.pictures(part, input))
    }
  }

  /// The logits of pictures that are normalized already, `[N, side, side, 3]`.
  public func logits(of pictures: Tensor) -> [Double] {
    network.network.logits(pictures).values.map(Double.init)
  }

  /// What a network is shown of some faces, `[N, side, side, 3]`.
  public static func pictures(_ faces: [Image], _ input: DetectorInput) -> Tensor {
    Tensor.stacked(faces.count, part: [input.side, input.side, 3]) { index, picture in
      PictureView(of: faces[index], input).draw(faces[index], input, into: &picture)
    }
  }

  /// The weights by their names, as files hold them.
  var parameters: [(name: String, tensor: Tensor)] { network.parameters }

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

/// A network for scoring, and the weights that it was made from: nothing changes them any more, so
/// any number of threads may score.
private struct ScoringNetwork: @unchecked Sendable {
  let network: DetectorNetwork
  let parameters: [(name: String, tensor: Tensor)]
}
