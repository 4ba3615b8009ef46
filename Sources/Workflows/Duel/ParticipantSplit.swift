import Detection
import Engine
import Faces
import Foundation
import Records

/// The two identities of a generator, and their split in all rounds.
struct DuelPair: Codable, Equatable {
  let split: Split
  /// The number of the pair within its split, from 1.
  let number: Int
  /// The folders of their faces.
  let a, b: String

  /// The name in files and folders.
  var name: String { "\(split.rawValue)\(number)" }
  /// Both folders.
  var people: [String] { [a, b] }
}

/// The split of a duel's identities, the same in every round.
struct ParticipantSplit: Equatable {
  let pairs: [DuelPair]

  /// Splits people at random.
  ///
  /// - Parameters:
  ///   - namedPairs: the pairs given by the user; empty to pair `people`.
  ///   - people: folders of faces, two for each pair.
  init(
    namedPairs: [[String]], people: [String], _ wanted: DuelRecipe.Pairs, randomness: RandomSource
  ) throws {
    var chance = randomness
    var namedPairs = namedPairs
    if namedPairs.isEmpty {
      let drawn = people.sorted().shuffled(using: &chance)
      namedPairs = stride(from: 0, to: drawn.count - 1, by: 2).map { [drawn[$0], drawn[$0 + 1]] }
    } else {
      namedPairs.shuffle(using: &chance)
    }
    guard namedPairs.count >= wanted.count else {
      throw WorkflowError.tooFewPeople(found: 2 * namedPairs.count, needed: 2 * wanted.count)
    }
    var pairs: [DuelPair] = []
    for split in Split.allCases {
      for number in 1...wanted[split] {
        let couple = namedPairs[pairs.count]
        pairs.append(DuelPair(split: split, number: number, a: couple[0], b: couple[1]))
      }
    }
    self.pairs = pairs
  }

  /// The splits of all repetitions; throws if the external fakes show people from the training
  /// data.
  static func all(of settings: DuelSettings, in workspace: Workspace) throws -> [ParticipantSplit] {
    let allParticipants = try (0..<settings.repetitions).map { repetition in
      try ParticipantSplit(
        namedPairs: settings.namedPairs, people: settings.people(of: repetition),
        settings.recipe.pairs,
        randomness: RandomSource(seed: settings.seed).split(repetition).split(-1))
    }
    if let external = settings.external {
      try check(external: external, allParticipants, in: workspace)
    }
    return allParticipants
  }

  /// Throws if the external fakes show identities that detectors are trained on.
  private static func check(
    external path: String, _ allParticipants: [ParticipantSplit], in workspace: Workspace
  )
    throws
  {
    let learned = Set(
      allParticipants.flatMap { participants in
        (participants.people(in: .training) + participants.people(in: .validation)).map {
          SourceSet(at: $0, in: workspace).identity
        }
      })
    let shown = try TestedSamples(of: LabeledDataset(reading: path), for: []).samples.lazy
      .flatMap(\.identities)
    if let person = shown.first(where: learned.contains) {
      throw WorkflowError.knownExternal(path: path, person: person)
    }
  }

  /// The pairs of one split.
  subscript(split: Split) -> [DuelPair] { pairs.filter { $0.split == split } }

  /// The folders of all people in a split.
  func people(in split: Split) -> [String] { self[split].flatMap(\.people) }
}
