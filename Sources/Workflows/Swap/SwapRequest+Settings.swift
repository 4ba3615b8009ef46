import Engine
import Faces
public import Generation
import Records

extension SwapRequest {
  /// The settings of a new run.
  func fresh() -> SwapSettings {
    var settings = SwapSettings(architecture ?? .fast)
    settings.precision = .fastest
    if settings.architecture == .fast { settings.initialization = .carried }
    return applied(to: settings)
  }

  /// `base` with the requested changes.
  private func applied(to base: SwapSettings) -> SwapSettings {
    var settings = base
    settings.architecture = architecture ?? base.architecture
    settings.size = size ?? base.size
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

  /// The request with what earlier sessions have asked for; each session has its own budget, mask,
  /// direction and sharpening, but a learned mask is the model's own.
  func continued(from earlier: SwapRequest?, _ settings: SwapSettings) -> SwapRequest {
    var request = filled(
      from: earlier,
      except: ["effort", "minutes", "iterations", "mask", "direction", "sharpen", "preview-every"])
    if settings.mask != nil, mask == nil { request.mask = .learned }
    return request
  }

  /// The request with what its effort stands for where it leaves that open.
  var resolved: SwapRequest {
    guard let effort else { return self }
    var request = self
    if budget.isOpen { request.minutes = effort.minutes }
    if architecture != .original { request.size = size ?? effort.size }
    request.lossOptions.gan = lossOptions.gan ?? effort.gan
    return request
  }

  /// Throws if the request differs from the settings that the run was started with.
  func check(against settings: SwapSettings, of run: String) throws {
    try settings.settingChoices.requireSame(applied(to: settings).settingChoices, run: run)
  }
}

extension SwapSettings {
  /// All settings as options with their values.
  var settingChoices: [SettingChoice] { choices.map { SettingChoice($0.option, $0.value) } }
}

/// Requested changes of loss, discriminators and augmentation; nil as in `SwapRequest`.
///
/// 0 is none (1 for eyes and mouth, which then have the weight of the rest).
public struct SwapLossOptions: Codable, Equatable, Sendable {
  /// The reconstruction loss.
  public var loss: ReconstructionLoss?
  /// The weight of the edge difference in the loss.
  public var edgeWeight: Float?
  /// The weights of eyes and mouth.
  public var eyeWeight, mouthWeight: Float?
  /// The kind of adversarial loss.
  public var gan: AdversarialSettings.Kind?
  /// The weight of the adversarial loss, and the discriminators' learning rate.
  public var ganWeight, ganLearningRate: Float?
  /// Steps before the discriminators start.
  public var ganWarmup: Int?
  /// The color jitter of inputs, as a multiple of `ColorJitter.gentle`.
  public var colorJitter: Double?
  /// The share of inputs that are partly occluded.
  public var occlusion: Double?
  /// The share of the budget, at its end, without warping.
  public var unwarpedFraction: Double?

  /// The model of the workspace whose weights initialize training.
  public var initialModel: String?
  /// The frozen detector of the workspace that swaps are trained to evade.
  public var adversary: String?
  /// The weight of the evasion loss.
  public var adversaryWeight: Float?
  /// Swaps per direction that it scores in a step.
  public var adversaryBatch: Int?
  /// The weight of the fidelity loss; 0 for none.
  public var adversaryFidelity: Float?

  /// No changes.
  public init() {}

  /// Applies the changes to settings.
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
      settings.initialization =
        initialModel == SwapInitialization.none ? nil : SwapInitialization(initialModel)
    }
    if let adversary, settings.adversary?.name != adversary {
      settings.adversary = AdversarySettings(adversary)
    }
    if let adversaryWeight { settings.adversary?.weight = adversaryWeight }
    if let adversaryBatch { settings.adversary?.batch = adversaryBatch }
    if let adversaryFidelity {
      settings.adversary?.fidelity = adversaryFidelity > 0 ? adversaryFidelity : nil
    }
    // Without another model's swaps of these people there is no fidelity loss.
    if settings.initialization?.isCarried != false { settings.adversary?.fidelity = nil }
    if let unwarpedFraction {
      settings.unwarpedFraction = unwarpedFraction > 0 ? unwarpedFraction : nil
    }
  }
}
