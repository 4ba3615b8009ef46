import Faces
public import Generation
import Records

extension SwapRequest {
  /// The settings of a new run.
  func fresh() -> SwapSettings { applied(to: SwapSettings(architecture ?? .fast)) }

  /// Settings with all that is asked in place of their own.
  private func applied(to base: SwapSettings) -> SwapSettings {
    var settings = base
    settings.architecture = architecture ?? base.architecture
    settings.batch = batch ?? base.batch
    settings.seed = seed ?? base.seed
    settings.precision = precision ?? base.precision
    settings.learningRate = learningRate ?? base.learningRate
    settings.selection = selection ?? base.selection
    settings.holdout = holdout ?? base.holdout
    terms.apply(to: &settings)
    if mask == .learned { settings.mask = base.mask ?? MaskTerms() }
    return settings
  }

  /// Refuses what differs from the settings that the run was started with.
  func check(against settings: SwapSettings, of run: String) throws {
    for (own, asked) in zip(settings.choices, applied(to: settings).choices)
    where own.value != asked.value {
      throw RecordsError.differentSetting(
        run: run, setting: own.option, has: own.value, asked: asked.value)
    }
  }
}

/// What the user asks of the loss, the discriminators and the disturbance of faces; nil as in `SwapRequest`.
///
/// 0 is none (1 for eyes and mouth, which weigh as much as the rest then).
public struct SwapLossOptions: Equatable, Sendable {
  /// What a reconstruction is compared by.
  public var loss: ReconstructionLoss?
  /// The share of the difference of edges in the loss.
  public var edge: Float?
  /// What eyes and mouth weigh.
  public var eyes, mouth: Float?
  /// What discriminators are after.
  public var gan: AdversarialSettings.Kind?
  /// The share of the discriminators' output in the loss, and their step size.
  public var ganWeight, ganRate: Float?
  /// Steps before the discriminators begin.
  public var ganWarmUp: Int?
  /// How many times as much as `ColorJitter.gentle` light and color of inputs change.
  public var jitter: Double?
  /// The share of inputs that are partly hidden.
  public var occlusion: Double?
  /// The share of the budget, at its end, without warp.
  public var unwarpedEnd: Double?

  /// The model of the workspace whose weights training begins with.
  public var start: String?
  /// The detector of the workspace that swaps are to please, frozen.
  public var adversary: String?
  /// The share of its output in the loss.
  public var adversaryWeight: Float?
  /// Swaps in each direction that it is shown in a step.
  public var adversaryFaces: Int?
  /// What it weighs that swaps stay what the start makes of them; 0 for nothing.
  public var adversaryFidelity: Float?

  /// All as the run has it.
  public init() {}

  /// Puts what is asked into settings.
  func apply(to settings: inout SwapSettings) {
    if let loss { settings.take(loss) }
    if let edge { settings.edgeWeight = edge > 0 ? edge : nil }
    if eyes != nil || mouth != nil {
      let old = settings.features ?? FeatureWeights()
      let new = FeatureWeights(eyes: eyes ?? old.eyes, mouth: mouth ?? old.mouth)
      settings.features = new == FeatureWeights() ? nil : new
    }
    if let gan, settings.gan?.kind != gan { settings.gan = AdversarialSettings(gan) }
    if let ganWeight { settings.gan?.weight = ganWeight }
    if let ganRate { settings.gan?.learningRate = ganRate }
    if let ganWarmUp { settings.gan?.warmUp = ganWarmUp }
    if let jitter { settings.warp.jitter = ColorJitter(strength: jitter) }
    if let occlusion { settings.warp.occlusion = occlusion > 0 ? occlusion : nil }
    if let start, settings.start?.name != start { settings.start = SwapInitialization(start) }
    if let adversary, settings.adversary?.name != adversary {
      settings.adversary = AdversarySettings(adversary)
    }
    if let adversaryWeight { settings.adversary?.weight = adversaryWeight }
    if let adversaryFaces { settings.adversary?.faces = adversaryFaces }
    if let adversaryFidelity {
      settings.adversary?.fidelity = adversaryFidelity > 0 ? adversaryFidelity : nil
    }
    // Fresh weights make no swaps that others could be held to.
    if settings.start == nil { settings.adversary?.fidelity = nil }
    if let unwarpedEnd { settings.unwarpedEnd = unwarpedEnd > 0 ? unwarpedEnd : nil }
  }
}
