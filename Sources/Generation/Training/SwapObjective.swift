import Engine
import Faces

/// The loss of one side's decoder, without the adversarial loss.
struct SwapObjective {
  private let terms: [(name: String, loss: any Loss, weight: Float)]
  private let features: FeatureWeights?
  private let mask: MaskTerms?

  init(_ settings: SwapSettings) {
    let all: [(name: String, loss: any Loss, weight: Float)] = [
      ("mae", MeanAbsoluteError(), settings.absoluteWeight),
      ("dssim", DSSIM(), settings.structuralWeight),
      ("edge", EdgeDifference(), settings.edgeWeight ?? 0),
    ]
    terms = all.filter { $0.weight > 0 }
    features = settings.features
    mask = settings.mask
  }

  /// A loss with its gradient and its terms by name, before weighting.
  struct Verdict {
    var loss: LossValue
    var terms: [String: Float]
  }

  /// The loss of a decoder's output.
  ///
  /// - Parameters:
  ///   - made: `[N, side, side, 3]`, or 4 channels with the mask last; of any precision.
  ///   - batch: its input and target.
  ///   - share: the samples of the step's batch that these are; the loss is their part of the batch's.
  func callAsFunction(_ made: Tensor, _ batch: WarpedBatch, _ share: BatchShare? = nil) -> Verdict {
    let made = made.converted(to: .float32)
    let parts = SwappedFaces(made)
    let weight = weight(batch.map)
    var verdict = Verdict(
      loss: LossValue(value: 0, gradient: Tensor(zeros: parts.faces.shape)), terms: [:])
    for (name, loss, factor) in terms {
      let loss = loss(parts.faces, batch.target, weight: weight)
      verdict.add(share.part(of: loss), times: factor, as: name)
    }
    guard let alpha = parts.masks, let mask else { return verdict }
    let own = maskVerdict(alpha, parts.faces, batch, mask, share)
    return Verdict(
      loss: LossValue(
        value: verdict.loss.value + own.loss.value,
        gradient: Tensor.besides([verdict.loss.gradient, own.loss.gradient])),
      terms: verdict.terms.merging(own.terms) { $1 })
  }

  /// The weight of each position; nil for 1 everywhere.
  private func weight(_ map: Tensor?) -> Tensor? {
    guard let features, let map else { return nil }
    var weight = Tensor(zeros: map.shape.dropLast() + [1])
    map.read { map in
      weight.write { weight in
        for place in weight.indices {
          weight[place] =
            1 + (features.eyes - 1) * map[3 * place + 1] + (features.mouth - 1) * map[3 * place + 2]
        }
      }
    }
    return weight
  }

  /// The mask's loss; no gradient reaches the faces, so that the mask cannot degrade them.
  private func maskVerdict(
    _ alpha: Tensor, _ faces: Tensor, _ batch: WarpedBatch, _ mask: MaskTerms,
    _ share: BatchShare? = nil
  ) -> Verdict {
    var verdict = Verdict(
      loss: LossValue(value: 0, gradient: Tensor(zeros: alpha.shape)), terms: [:])
    if let map = batch.map {
      let teacher = MeanAbsoluteError()(alpha, map.channels(0..<1), weight: nil)
      verdict.add(share.part(of: teacher), times: mask.teacher, as: "mask_teacher")
    }
    verdict.add(
      share.part(of: blend(alpha, faces, batch)), times: mask.blend, as: "mask_blend")
    let area = MeanAbsoluteError()(alpha, Tensor(zeros: alpha.shape), weight: nil)
    verdict.add(share.part(of: area), times: mask.area, as: "mask_area")
    verdict.add(
      share.part(of: TotalVariation()(alpha)), times: mask.variation, as: "mask_variation")
    return verdict
  }

  /// The error of generated faces over the input, and its gradient with respect to the mask.
  private func blend(_ alpha: Tensor, _ faces: Tensor, _ batch: WarpedBatch) -> LossValue {
    let change = faces.adding(batch.input, times: -1)
    var blended = batch.input
    change.read { change in
      alpha.read { alpha in
        blended.write { blended in
          for index in blended.indices { blended[index] += alpha[index / 3] * change[index] }
        }
      }
    }
    let error = MeanAbsoluteError()(blended, batch.target, weight: nil)
    var gradient = Tensor(zeros: alpha.shape)
    change.read { change in
      error.gradient.read { slope in
        gradient.write { gradient in
          for index in slope.indices { gradient[index / 3] += slope[index] * change[index] }
        }
      }
    }
    return LossValue(value: error.value, gradient: gradient)
  }
}

extension SwapObjective.Verdict {
  /// Adds a term.
  fileprivate mutating func add(_ term: LossValue, times share: Float, as name: String) {
    terms[name] = term.value
    loss = LossValue(
      value: loss.value + share * term.value,
      gradient: loss.gradient.adding(term.gradient, times: share))
  }
}
