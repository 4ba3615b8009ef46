import Detection
import Faces

/// One thing that a duel does: its product is an ordinary run, set or model that resumes by itself.
struct DuelStep: Equatable {
  /// Which repetition, from 0, and which round, from 1.
  let repetition, round: Int
  let task: Task

  /// What is done.
  enum Task: Equatable {
    /// Trains the swap model of a pair; as a control with the adversary off.
    case generator(DuelPair, isControl: Bool)
    /// Makes one split of a set.
    case part(Split, Forgers)
    /// Joins the splits of a dataset, and the replay of earlier rounds.
    case joined(Forgers)
    /// Trains a detector on a joined set.
    case detector(Forgers)
    /// Scores detectors on generators.
    case test
  }

  /// Who makes the fakes of a set.
  enum Forgers: String, Equatable {
    /// The round's generators.
    case generators = "g"
    /// The generators that were trained with the adversary off.
    case controls = "c"
    /// The other forgery, which the reference detector learns.
    case reference
  }

  /// The key of the step in `duel.json`.
  var key: String {
    switch task {
    case .generator(let pair, let isControl):
      DuelNames(duel: "", repetition: repetition).generator(round, pair, isControl: isControl)
    case .part(let split, let forgers): "\(prefix)-\(forgers.rawValue)-\(split.rawValue)"
    case .joined(let forgers): "\(prefix)-\(forgers.rawValue)-set"
    case .detector(let forgers): "\(prefix)-\(forgers.rawValue)-detector"
    case .test: "\(prefix)-test"
    }
  }

  private var prefix: String { "s\(repetition + 1)-r\(round)" }

  /// The title of the step.
  var title: String {
    let place = repetition == 0 ? "round \(round)" : "repetition \(repetition + 1), round \(round)"
    return switch task {
    case .generator(let pair, false): "\(place): generator of pair \(pair.name)"
    case .generator(let pair, true): "\(place): control of pair \(pair.name), without adversary"
    case .part(let split, .generators): "\(place): \(split.rawValue) samples"
    case .part(_, .controls): "\(place): test samples of the controls"
    case .part(let split, .reference): "\(place): \(split.rawValue) samples of reference detector"
    case .joined(.reference): "\(place): dataset of reference detector"
    case .joined: "\(place): dataset, with replay"
    case .detector(.reference): "\(place): reference detector"
    case .detector: "\(place): detector"
    case .test: "\(place): test of all detectors on all generators"
    }
  }

  /// All steps of a duel, in order.
  static func all(of settings: DuelSettings, casts: [ParticipantSplit]) -> [DuelStep] {
    (0..<settings.repetitions).flatMap { repetition in
      (1...settings.rounds).flatMap { all(of: $0, repetition: repetition, casts[repetition]) }
    }
  }

  /// The steps of a round of a repetition, in order.
  static func all(of round: Int, repetition: Int, _ cast: ParticipantSplit) -> [DuelStep] {
    tasks(round, cast).map { DuelStep(repetition: repetition, round: round, task: $0) }
  }

  private static func tasks(_ round: Int, _ cast: ParticipantSplit) -> [Task] {
    var tasks = cast.pairs.map { Task.generator($0, isControl: false) }
    if round > 1 { tasks += cast[.test].map { .generator($0, isControl: true) } }
    tasks += Split.allCases.map { .part($0, .generators) }
    if round > 1 { tasks.append(.part(.test, .controls)) }
    if round == 1 {
      tasks += Split.allCases.map { .part($0, .reference) }
      tasks += [.joined(.reference), .detector(.reference)]
    }
    return tasks + [.joined(.generators), .detector(.generators), .test]
  }
}

/// What the products of a duel are called.
struct DuelNames {
  let duel: String
  /// From 0.
  let repetition: Int

  private var prefix: String { duel.isEmpty ? "s\(repetition + 1)" : "\(duel)-s\(repetition + 1)" }

  /// A pair's swap model, a run of its own.
  func generator(_ round: Int, _ pair: DuelPair, isControl: Bool = false) -> String {
    "\(prefix)-\(isControl ? "c" : "g")\(round)-\(pair.name)"
  }

  /// The labeled set of one split.
  func part(_ round: Int, _ split: Split, _ forgers: DuelStep.Forgers) -> String {
    forgers == .reference
      ? "\(prefix)-reference-\(split.rawValue)"
      : "\(prefix)-\(forgers.rawValue)\(round)-\(split.rawValue)"
  }

  /// The labeled set that a detector learns from, and the run that it learns in.
  func set(_ round: Int, _ forgers: DuelStep.Forgers) -> String {
    forgers == .reference ? "\(prefix)-reference" : "\(prefix)-d\(round)"
  }

  /// The model that learns from that set.
  func detector(_ round: Int, _ forgers: DuelStep.Forgers, _ recipe: DuelRecipe) -> String {
    "\(set(round, forgers))-\(recipe.detector.network.rawValue)"
  }
}
