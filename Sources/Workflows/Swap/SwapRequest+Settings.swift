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
    lossOptions.apply(to: &settings)
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
  public var edgeWeight: Float?
  /// What eyes and mouth weigh.
  public var eyeWeight, mouthWeight: Float?
  /// What discriminators are after.
  public var gan: AdversarialSettings.Kind?
  /// The share of the discriminators' output in the loss, and their step size.
  public var ganWeight, ganLearningRate: Float?
  /// Steps before the discriminators begin.
  public var ganWarmup: Int?
  /// How many times as much as `ColorJitter.gentle` light and color of inputs change.
  public var colorJitter: Double?
  /// The share of inputs that are partly hidden.
  public var occlusion: Double?
  /// The share of the budget, at its end, without warp.
  public var unwarpedFraction: Double?

  /// The model of the workspace whose weights training begins with.
  public var initialModel: String?
  /// The detector of the workspace that swaps are to please, frozen.
  public var adversary: String?
  /// The share of its output in the loss.
  public var adversaryWeight: Float?
  /// Swaps in each direction that it is shown in a step.
  public var adversaryBatch: Int?
  /// What it weighs that swaps stay what the start makes of them; 0 for nothing.
  public var adversaryFidelity: Float?

  /// All as the run has it.
  public init() {}

  /// Puts what is asked into settings.
  func apply(to settings: inout SwapSettings) {
    if let loss { settings.take(loss) }
    if let edgeWeight { settings.edgeWeight = edgeWeight > 0 ? edgeWeight : nil }
    if eyeWeight != nil || mouthWeight != nil {
      let old = settings.features ?? FeatureWeights()
      let new = FeatureWeights(eyes: eyeWeight ?? old.eyes, mouth: mouthWeight ?? old.mouth)
      settings.features = new == FeatureWeights() ? nil : new
    }
    if let gan, settings.gan?.kind != gan { settings.gan = AdversarialSettings(gan) }
    if let ganWeight { settings.gan?.weight = ganWeight }
    if let ganLearningRate { settings.gan?.learningRate = ganLearningRate }
    if let ganWarmup { settings.gan?.warmup = ganWarmup }
    if let colorJitter { settings.warp.jitter = ColorJitter(strength: colorJitter) }
    if let occlusion { settings.warp.occlusion = occlusion > 0 ? occlusion : nil }
    if let initialModel, settings.initialization?.name != initialModel {
      settings.initialization = SwapInitialization(initialModel)
    }
    if let adversary, settings.adversary?.name != adversary {
      settings.adversary = AdversarySettings(adversary)
    }
    if let adversaryWeight { settings.adversary?.weight = adversaryWeight }
    if let adversaryBatch { settings.adversary?.batch = adversaryBatch }
    if let adversaryFidelity {
      settings.adversary?.fidelity = adversaryFidelity > 0 ? adversaryFidelity : nil
    }
    // Fresh weights make no swaps that others could be held to.
    if settings.initialization == nil { settings.adversary?.fidelity = nil }
    if let unwarpedFraction {
      settings.unwarpedFraction = unwarpedFraction > 0 ? unwarpedFraction : nil
    }
  }
}
