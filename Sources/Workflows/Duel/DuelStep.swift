import Detection
import Faces

/// One thing that a duel does: its product is an ordinary run, set or model that resumes by itself.
struct DuelStep: Equatable {
  /// Which repetition, from 0, and which round, from 1.
  let repetition, round: Int
  let task: Task

  /// What is done.
  enum Task: Equatable {
    /// Trains a pair's swap model, as a generator or as a control.
    case generator(DuelGenerator, DuelPair)
    /// Makes one split of a set.
    case part(DuelGenerator, Split)
    /// Joins the splits of a detector's set, and what is replayed of earlier ones.
    case joined(DuelDetector)
    /// Trains a detector on its joined set.
    case detector(DuelDetector)
    /// Scores detectors on generators.
    case test
  }

  /// The key of the step in `duel.json`: the name of what it makes.
  var key: String {
    let names = DuelNames(duel: "", repetition: repetition)
    return switch task {
    case .generator(let generator, let pair): names.model(generator, pair)
    case .part(let generator, let split): "\(names.part(generator, split))-set"
    case .joined(let detector): "\(names.set(detector))-set"
    case .detector(let detector): "\(names.set(detector))-detector"
    case .test: "\(names.set(.round(round)))-test"
    }
  }

  /// The title of the step.
  var title: String {
    let place = repetition == 0 ? "round \(round)" : "repetition \(repetition + 1), round \(round)"
    return switch task {
    case .generator(.control, let pair): "\(place): control of pair \(pair.name), without adversary"
    case .generator(_, let pair): "\(place): generator of pair \(pair.name)"
    case .part(.control, _): "\(place): test samples of the controls"
    case .part(.reference, let split): "\(place): \(split.rawValue) samples of reference detector"
    case .part(_, let split): "\(place): \(split.rawValue) samples"
    case .joined(.reference): "\(place): dataset of reference detector"
    case .joined: "\(place): dataset, with replay"
    case .detector(.reference): "\(place): reference detector"
    case .detector: "\(place): detector"
    case .test: "\(place): test of all detectors on all generators"
    }
  }

  /// All steps of a duel, in order.
  static func all(of settings: DuelSettings, allParticipants: [ParticipantSplit]) -> [DuelStep] {
    (0..<settings.repetitions).flatMap { repetition in
      (1...settings.rounds).flatMap {
        all(of: $0, repetition: repetition, allParticipants[repetition])
      }
    }
  }

  /// The steps of a round of a repetition, in order.
  static func all(of round: Int, repetition: Int, _ participants: ParticipantSplit) -> [DuelStep] {
    tasks(round, participants).map { DuelStep(repetition: repetition, round: round, task: $0) }
  }

  private static func tasks(_ round: Int, _ participants: ParticipantSplit) -> [Task] {
    var tasks = participants.pairs.map { Task.generator(.round(round), $0) }
    if round > 1 { tasks += participants[.test].map { .generator(.control(round), $0) } }
    tasks += Split.allCases.map { .part(.round(round), $0) }
    if round > 1 { tasks.append(.part(.control(round), .test)) }
    if round == 1 {
      tasks += Split.allCases.map { .part(.reference, $0) }
      tasks += [.joined(.reference), .detector(.reference)]
    }
    return tasks + [.joined(.round(round)), .detector(.round(round)), .test]
  }
}
