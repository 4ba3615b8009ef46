import Detection
import Faces
import Records

extension DuelResults.Round {
  /// - Parameter metric: the matrix.
  init(
    _ round: Int, _ state: DuelState, _ run: String, _ allParticipants: [ParticipantSplit],
    estimate: (DuelCell) -> MetricEstimate?
  ) {
    self.round = round
    let (mine, last) = (DuelGenerator.round(round), DuelDetector.round(round - 1))
    let tests = allParticipants.indices.compactMap { state.test($0, round) }
    func over(_ metrics: [MetricEstimate?]) -> MetricEstimate? {
      let known = metrics.compactMap { $0 }
      return known.isEmpty ? nil : MetricEstimate.overRepetitions(known)
    }
    auc = estimate(DuelCell(mine, .round(round))) ?? MetricEstimate.overRepetitions([])
    previousAUC = estimate(DuelCell(mine, last))
    evasion = over(tests.map { test in test.evasion.first { $0.about == last }?.change })
    referenceEvasion = over(
      tests.map { test in test.evasion.first { $0.about == .reference }?.change })
    recovery = over(tests.map(\.recovery))
    retention = Dictionary(
      uniqueKeysWithValues: (1..<round).compactMap { earlier in
        let generator = DuelGenerator.round(earlier)
        return over(tests.map { test in test.retention.first { $0.about == generator }?.change })
          .map { (generator, $0) }
      })
    let pairs = allParticipants.enumerated().flatMap { repetition, participants in
      participants[.test].map { pair in
        let names = DuelNames(duel: run, repetition: repetition)
        return (
          state.generators[names.model(.round(round), pair)],
          state.generators[names.model(.control(round), pair)],
          state.generators[names.model(.round(1), pair)]
        )
      }
    }
    (generators, controls) = (pairs.compactMap(\.0), pairs.compactMap(\.1))
    let both = pairs.compactMap { one, other, first in
      one.flatMap { one in other.map { (one, $0, first) } }
    }
    costs = DuelResults.Cost.all.compactMap { name, value in
      DuelResults.Cost(name, both.map { (value($0), value($1), $2.flatMap(value)) })
    }
    curves = state.test(0, round)?.curves ?? []
    var seconds: [DuelResults.Work: Double] = [:]
    for repetition in allParticipants.indices {
      for step in DuelStep.all(of: round, repetition: repetition, allParticipants[repetition]) {
        if let time = state.seconds?[step.key] { seconds[step.task.work, default: 0] += time }
      }
    }
    self.seconds = seconds
    leaks = allParticipants.indices.map { repetition in
      state.audits[DuelNames(duel: run, repetition: repetition).set(.round(round))].map {
        audit in
        audit.leaks.map { "\($0.name) (ROC AUC \(NumberText.fixed($0.auc, 3)))" }
      }
    }
  }
}

extension DuelResults.Cost {
  /// SSIM of swaps to the ground truth.
  static let groundTruthSSIM = "ground-truth SSIM"

  /// The metrics that evasion may reduce.
  fileprivate static let all: [(String, @Sendable (GeneratorMetrics) -> Double?)] = [
    ("held-out SSIM", { $0.ssim }), ("held-out PSNR (dB)", { $0.psnr }),
    ("held-out sharpness", { $0.sharpness }), (groundTruthSSIM, { $0.truth?.ssim }),
    ("ground-truth identity", { $0.truth?.identity }),
    ("ground-truth landmark NME (%)", { $0.truth?.landmarks }),
  ]

  /// Nil without measurements.
  fileprivate init?(_ name: String, _ pairs: [(Double?, Double?, Double?)]) {
    let known = pairs.compactMap { one, other, _ in one.flatMap { one in other.map { (one, $0) } } }
    guard !known.isEmpty else { return nil }
    let firsts = pairs.compactMap(\.2)
    firstRound = firsts.isEmpty ? nil : firsts.reduce(0, +) / Double(firsts.count)
    self.name = name
    generator = known.map(\.0).reduce(0, +) / Double(known.count)
    control = known.map(\.1).reduce(0, +) / Double(known.count)
    let changes = known.map { $0 - $1 }
    change = MetricEstimate(
      value: changes.reduce(0, +) / Double(changes.count), interval: StudentInterval.of(changes),
      reason: changes.count == 1 ? "there is only one pair" : nil)
  }
}

extension DuelStep.Task {
  /// The kind of the step.
  fileprivate var work: DuelResults.Work {
    switch self {
    case .generator(.control, _): .controls
    case .generator: .generators
    case .part, .joined: .datasets
    case .detector: .detectors
    case .test: .tests
    }
  }
}
