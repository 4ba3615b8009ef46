public import Detection
import Faces
import Foundation
public import Generation
public import Records

/// How large each part of a duel is: a few lines of JSON; what they leave out is as here.
///
/// All budgets are steps and pictures, never minutes, so that the same recipe gives the same bits.
public struct DuelRecipe: Codable, Equatable, Sendable {
  /// What it is for, in words.
  public var about = ""
  /// How many pairs of people each split has.
  public var pairs = Pairs()
  /// How generators are trained.
  public var generator = Generator()
  /// How many pictures labeled sets have.
  public var samples = Sizes()
  /// How much of the training's fakes each forgery makes; the test's are swaps alone.
  var forgeries: ForgeryWeights = [.swap: 8, .sbi: 1, .warp: 1]
  /// How often pictures are degraded next to the usual, 0…1: worse pictures take longer to learn.
  public var degradation = 0.3
  /// How detectors are trained.
  public var detector = Detector()
  /// The forgery that the reference detector learns, which never meets a swap.
  public var reference = ForgeryMethod.sbi
  /// Pictures of each person, where people are rendered for the duel.
  public var portraits = 60

  /// The duel that ends within 45 minutes on two cores.
  public init() {}

  /// Pairs of people in each split.
  public struct Pairs: NumbersBySplit, Codable, Equatable, Sendable {
    public var training = 3
    public var validation = 1
    public var test = 2

    /// All together.
    var count: Int { training + validation + test }
  }

  /// A generator's training.
  public struct Generator: Codable, Equatable, Sendable {
    public var model = SwapArchitecture.fast
    /// Faces of each side in a step.
    public var batch = 16
    /// Steps in the first round, and in each later one.
    public var steps = 300
    public var laterSteps = 120
    /// Whether each round begins with fresh weights, not with those of the round before.
    public var reinitialize = false
    /// The share of the detector's opinion in the loss, from round 2 on.
    public var adversaryWeight: Float = 0.1
    /// Swaps in each direction that the detector is shown in a step.
    public var adversaryBatch = 4
    /// What it weighs that swaps stay what the generator of the round before makes of the same faces, so
    /// that evading leaves them faces; 0 for nothing.
    public var adversaryFidelity: Float = 1

    /// The steps of a round, counted from 1.
    func steps(in round: Int) -> Int { round == 1 || reinitialize ? steps : laterSteps }
  }

  /// Pictures in each split of a round's labeled set.
  public struct Sizes: NumbersBySplit, Codable, Equatable, Sendable {
    public var training = 800
    public var validation = 240
    public var test = 400
    /// Pixels along a side.
    public var size = 256
  }

  /// A detector's training.
  public struct Detector: Codable, Equatable, Sendable {
    public var network = NetworkArchitecture.efficientnetB0
    public var steps = 200
    /// Faces in a step.
    public var batch = 32
  }
}

extension DuelRecipe {
  /// What detectors learn from.
  var trainingMixture: AugmentRecipe { mixture(of: forgeries) }
  /// What they are tested on: swaps alone, whatever other methods there are.
  var testMixture: AugmentRecipe { mixture(of: .only(.swap)) }
  /// What the reference detector learns from and is tested on.
  var referenceMixture: AugmentRecipe { mixture(of: .only(reference)) }

  private func mixture(of methods: ForgeryWeights) -> AugmentRecipe {
    var mixture = AugmentRecipe()
    mixture.methods = methods
    for chance in [\DegradationDraw.jpeg, \.h264, \.resize, \.blur, \.noise, \.color] {
      mixture.degradations[keyPath: chance].probability *= degradation
    }
    return mixture
  }
}

extension DuelRecipe: RecipeFile {
  public static let manual = "Labs/README.md"

  /// What is out of its range, to be read inside a sentence; nil if all is well.
  public var fault: String? {
    let whole: [(String, Int, ClosedRange<Int>)] = [
      ("pairs.training", pairs.training, 1...100), ("pairs.validation", pairs.validation, 1...100),
      ("pairs.test", pairs.test, 1...100), ("generator.batch", generator.batch, 1...1024),
      ("generator.steps", generator.steps, 1...1_000_000),
      ("generator.laterSteps", generator.laterSteps, 1...1_000_000),
      ("generator.adversaryBatch", generator.adversaryBatch, 1...256),
      ("samples.training", samples.training, 8...100_000),
      ("samples.validation", samples.validation, 8...100_000),
      ("samples.test", samples.test, 8...100_000),
      ("samples.size", samples.size, AugmentRequest.sizes),
      ("detector.steps", detector.steps, 1...1_000_000),
      ("detector.batch", detector.batch, 1...1024), ("portraits", portraits, 16...10_000),
    ]
    for (key, value, range) in whole where !range.contains(value) {
      return "'\(key)' must be between \(range.lowerBound) and \(range.upperBound), not \(value)"
    }
    let weights = [
      ("adversaryWeight", generator.adversaryWeight),
      ("adversaryFidelity", generator.adversaryFidelity),
    ]
    for (key, weight) in weights where !(0...100).contains(weight) {
      return "'generator.\(key)' must be between 0 and 100, not \(weight)"
    }
    if let fault = forgeries.fault(at: "forgeries") { return fault }
    guard (0...1).contains(degradation) else {
      return "'degradation' must be between 0 and 1, not \(degradation)"
    }
    if forgeries[.swap] == 0 { return "'forgeries.swap' must be above 0: a duel is about swaps" }
    if reference.needs.contains(.model) {
      return "'reference' must be a forgery that needs no swap model, not '\(reference.name)'"
    }
    return nil
  }
}

/// A number for each split.
protocol NumbersBySplit {
  var training: Int { get }
  var validation: Int { get }
  var test: Int { get }
}

extension NumbersBySplit {
  subscript(split: Split) -> Int {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }
}
