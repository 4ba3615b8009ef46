import Detection
public import Records
import Search

/// What is searched and how: a few lines of JSON; what they leave out is as here.
public struct SearchRecipe: Equatable, Sendable {
  /// What it is for, in words.
  var about = ""
  /// The network that is trained.
  var detector = "cnn-bn"
  /// The labeled dataset: a name in `Datasets` or a folder; empty for the newest.
  var data = ""
  /// The length of a trial: passes over the training split, steps, or seconds of training; the last one
  /// that is not 0 counts.
  var epochs = 20
  var steps = 0
  var seconds = 0.0
  /// How often a trial is validated; 0 for once an epoch, or 12 times.
  var reports = 0
  /// The random seed.
  var seed: UInt64 = 1
  /// With how many seeds the winner and the default are trained at the end.
  var repetitions = 3
  var sampler = Sampler()
  var pruner = Pruner()
  /// Settings that differ from the network's defaults and are not searched, by parameter.
  var fixed: [String: SearchValue] = [:]
  /// The phases, one after the other.
  var phases: [SearchPhase] = []

  public init() {}

  /// How values are suggested.
  struct Sampler: Codable, Equatable, Sendable {
    /// `tpe` or `random`.
    var kind = "tpe"
    /// Trials with random values at the beginning of each phase.
    var startupTrials = 10
  }

  /// Which trials are ended early.
  struct Pruner: Codable, Equatable, Sendable {
    /// `median`, `halving` or `none`.
    var kind = "median"
    /// Complete trials before the first decision of the median.
    var startupTrials = 5
    /// Reports of a trial before the first decision of the median.
    var warmupReports = 0
    /// The share of trials that goes on by halving: one in so many.
    var reduction = 4
  }

  /// The network; the recipe's fault is known to be nil.
  var network: NetworkArchitecture { NetworkArchitecture(rawValue: detector) ?? .cnnBN }

  /// How often a trial is validated.
  var validations: Int {
    reports > 0 ? reports : steps == 0 && seconds == 0 ? epochs : 12
  }

  /// The search space of a phase, without what it narrows.
  func space(of phase: SearchPhase) throws(RecipeFault) -> SearchSpace {
    var space: SearchSpace = [:]
    for (name, range) in phase.parameters.sorted(by: { $0.key < $1.key }) {
      space[name] = try range.distribution(of: try parameter(name, at: "phases.parameters."))
    }
    return space
  }

  /// A setting of the network; refused where there is none of the name.
  private func parameter(_ name: String, at path: String) throws(RecipeFault) -> SearchParameter {
    let known = SearchParameter.all.filter { $0.usual(network) != nil }
    guard let found = known.first(where: { $0.name == name }) else {
      if SearchParameter.named(name) != nil {
        throw RecipeFault(reason: "'\(detector)' has no setting '\(name)'")
      }
      throw RecipeFault(unknown: name, at: path, among: known.map(\.name))
    }
    return found
  }
}

extension SearchRecipe: RecipeFile {
  public static let manual = "Labs/README.md"

  /// What is out of its range, to be read inside a sentence; nil if all is well.
  public var fault: String? {
    do throws(RecipeFault) {
      try check()
      return nil
    } catch {
      return error.reason
    }
  }

  private func check() throws(RecipeFault) {
    func refuse(_ reason: String) throws(RecipeFault) { throw RecipeFault(reason: reason) }
    let networks = NetworkArchitecture.allCases.map(\.rawValue)
    guard let network = NetworkArchitecture(rawValue: detector) else {
      let nearest = networks.nearest(to: detector).map { " (did you mean '\($0)'?)" } ?? ""
      throw RecipeFault(reason: "'detector' must be a network, not '\(detector)'\(nearest)")
    }
    if network.needsWeights {
      try refuse("'\(detector)' cannot be trained from random weights, and so not be searched")
    }
    let limits: [(String, Int, ClosedRange<Int>)] = [
      ("epochs", epochs, 1...10_000), ("steps", steps, 0...1_000_000_000),
      ("reports", reports, 0...1000), ("repetitions", repetitions, 2...30),
      ("sampler.startupTrials", sampler.startupTrials, 1...10_000),
      ("pruner.startupTrials", pruner.startupTrials, 0...10_000),
      ("pruner.warmupReports", pruner.warmupReports, 0...1000),
      ("pruner.reduction", pruner.reduction, 2...100),
    ]
    for (key, value, range) in limits where !range.contains(value) {
      try refuse(
        "'\(key)' must be between \(range.lowerBound) and \(range.upperBound), not \(value)")
    }
    if !(0...1e7).contains(seconds) { try refuse("'seconds' must be between 0 and 1e7") }
    if steps > 0, seconds > 0 { try refuse("give 'steps' or 'seconds', not both") }
    for (key, value, words) in [
      ("sampler.kind", sampler.kind, ["tpe", "random"]),
      ("pruner.kind", pruner.kind, ["median", "halving", "none"]),
    ] where !words.contains(value) {
      try refuse("'\(key)' must be one of \(words.joined(separator: ", ")), not '\(value)'")
    }
    for (name, value) in fixed.sorted(by: { $0.key < $1.key }) {
      if let reason = try parameter(name, at: "fixed.").fault(of: value) { try refuse(reason) }
    }
    try checkPhases()
  }

  private func checkPhases() throws(RecipeFault) {
    guard !phases.isEmpty, phases.count <= 20 else {
      throw RecipeFault(reason: "'phases' must be a list of 1 to 20 phases")
    }
    guard Set(phases.map(\.name)).count == phases.count else {
      throw RecipeFault(reason: "two phases have the same name")
    }
    for (index, phase) in phases.enumerated() {
      guard !phase.name.isEmpty, phase.name.utf8.count <= 100,
        phase.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_ ".contains($0) })
      else { throw RecipeFault(reason: "a phase needs a name of letters, digits, '-' and '_'") }
      guard (1...10_000).contains(phase.trials) else {
        throw RecipeFault(
          reason: "'phases.trials' must be between 1 and 10000, not \(phase.trials)")
      }
      if let narrowed = phase.narrowed {
        guard index > 0 else {
          throw RecipeFault(reason: "the first phase has nothing to narrow")
        }
        guard (1...50).contains(narrowed.count), narrowed.share > 0, narrowed.share <= 1 else {
          throw RecipeFault(
            reason: "'phases.narrowed' needs a count of 1 to 50 and a share above 0, at most 1")
        }
      } else if phase.parameters.isEmpty {
        throw RecipeFault(reason: "phase '\(phase.name)' has no parameters")
      }
      _ = try space(of: phase)
    }
  }
}
