public import Engine
import Foundation

/// A frozen network as an adversary, with gradients with respect to its input.
///
/// Weights and running statistics never change; layers behave as in inference. One thread at a time
/// may use it.
public struct FrozenDetector {
  private let source: Source
  private let view: InputView
  private let calibration: Calibration

  private enum Source {
    case network(DetectorNetwork)
    case graph(ImportedDetector)
  }

  /// A copy of a detector's weights.
  ///
  /// - Throws: `noGradient` for a detector that is no network of single frames, and for an imported graph
  ///   of which an operator has no derivative.
  public init(_ trained: TrainedDetector) throws(DetectionError) {
    if let copy = trained.detector.differentiable {
      (source, view) = (.network(copy.network), InputView(copy.input))
    } else if let graph = trained.detector as? ImportedDetector, graph.convention.frames == 1 {
      let input = graph.convention.view
      do {
        _ = try graph.gradient(at: Tensor(zeros: [1, input.side, input.side, 3])) { _ in 1 }
      } catch {
        throw .noGradient(reason: "\(error)")
      }
      (source, view) = (.graph(graph), InputView(input))
    } else {
      throw .noGradient(reason: "It is no network of single frames.")
    }
    calibration = trained.calibration ?? .none
  }

  /// Weights and running statistics; those of an imported graph are constants, and none of these.
  public var parameters: [NamedParameter] {
    if case .network(let network) = source { network.parameters } else { [] }
  }

  /// The evasion loss of pictures: the mean of log(1 + e^s) over calibrated logits s.
  ///
  /// - Parameter pictures: `[N, 256, 256, 3]` in 0…1.
  /// - Returns: the mean, and its gradient with respect to the pictures.
  public func evasionLoss(of pictures: Tensor) -> LossValue {
    let count = Double(pictures.shape[0])
    let (logits, gradient) = gradient(at: view.shown(pictures)) { logit in
      calibration.probability(logit) * calibration.slope / count
    }
    let sum = logits.reduce(0.0) { sum, logit in
      let calibrated = calibration.logit(logit)
      return sum + max(calibrated, 0) + log1p(exp(-abs(calibrated)))
    }
    return LossValue(value: Float(sum / count), gradient: view.returned(gradient))
  }

  /// The logits of normalized pictures, and the gradient of the sum of a function of each.
  private func gradient(
    at pictures: Tensor, slope: (_ logit: Double) -> Double
  ) -> (logits: [Double], gradient: Tensor) {
    switch source {
    case .network(let network):
      var saved = Saved(.evaluation)
      let logits = network.body.forward(pictures, saving: &saved)
      let slopes = logits.values.map { Float(slope(Double($0))) }
      let gradient = network.body.backward(
        Tensor(shape: logits.shape, values: slopes), from: &saved)
      for named in network.parameters where named.parameter.isTrainable {
        named.parameter.clearGradient()
      }
      return (logits.values.map { Double($0) }, gradient)
    case .graph(let graph):
      do {
        return try graph.gradient(at: pictures, slope: slope)
      } catch {
        preconditionFailure("a graph that had a gradient has none: \(error)")
      }
    }
  }
}
