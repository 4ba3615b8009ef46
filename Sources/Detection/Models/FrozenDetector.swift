public import Engine
import Foundation

/// A frozen network as an adversary, with gradients with respect to its input.
///
/// Weights and running statistics never change; layers behave as in inference. One thread at a time
/// may use it.
public struct FrozenDetector {
  private let network: DetectorNetwork
  private let view: InputView
  private let calibration: Calibration

  /// A copy of a detector's weights; nil for a detector that is not a network.
  public init?(_ trained: TrainedDetector) {
    guard let copy = trained.detector.differentiable else { return nil }
    (network, view) = (copy.network, InputView(copy.input))
    calibration = trained.calibration ?? .none
  }

  /// Weights and running statistics.
  public var parameters: [NamedParameter] { network.parameters }

  /// The evasion loss of pictures: the mean of log(1 + e^s) over calibrated logits s.
  ///
  /// - Parameter pictures: `[N, 256, 256, 3]` in 0…1.
  /// - Returns: the mean, and its gradient with respect to the pictures.
  public func evasionLoss(of pictures: Tensor) -> LossValue {
    var saved = Saved(.evaluation)
    let logits = network.body.forward(view.shown(pictures), saving: &saved)
    let count = Double(logits.count)
    var (sum, slopes) = (0.0, [Float]())
    for logit in logits.values {
      let calibrated = calibration.logit(Double(logit))
      sum += max(calibrated, 0) + log1p(exp(-abs(calibrated)))
      slopes.append(Float(calibration.probability(Double(logit)) * calibration.slope / count))
    }
    let gradient = network.body.backward(
      Tensor(shape: logits.shape, values: slopes), from: &saved)
    for named in network.parameters where named.parameter.isTrainable {
      named.parameter.clearGradient()
    }
    return LossValue(value: Float(sum / count), gradient: view.returned(gradient))
  }
}
