import Engine
import Faces
import Foundation
import Records

/// Two people whom a generator learns, and what they are for in all rounds.
struct DuelPair: Codable, Equatable {
  let split: Split
  /// Their number among the pairs of the split, from 1.
  let number: Int
  /// The folders of their faces.
  let a, b: String

  /// What files and folders call them.
  var name: String { "\(split.rawValue)\(number)" }
  /// Both folders.
  var people: [String] { [a, b] }
}

/// Who plays which part in a duel; it is the same in every round.
struct ParticipantSplit: Equatable {
  let pairs: [DuelPair]

  /// Divides people by chance.
  ///
  /// - Parameters:
  ///   - namedPairs: pairs that the user named; empty to make pairs of `people`.
  ///   - people: folders of faces, of as many people as the pairs need.
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

  /// Those of all repetitions; nobody of whom detectors learn may be in the external fakes.
  static func all(of settings: DuelSettings, in workspace: Workspace) throws -> [ParticipantSplit] {
    let casts = try (0..<settings.repetitions).map { repetition in
      try ParticipantSplit(
        namedPairs: settings.namedPairs, people: settings.people(of: repetition),
        settings.recipe.pairs,
        randomness: RandomSource(seed: settings.seed).split(repetition).split(-1))
    }
    if let external = settings.external { try check(external: external, casts, in: workspace) }
    return casts
  }

  /// Refuses a set of external fakes that shows somebody of whom detectors learn.
  private static func check(
    external path: String, _ casts: [ParticipantSplit], in workspace: Workspace
  )
    throws
  {
    let learned = Set(
      casts.flatMap { cast in
        (cast.people(in: .training) + cast.people(in: .validation)).map {
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

  /// The folders of everyone in a split.
  func people(in split: Split) -> [String] { self[split].flatMap(\.people) }
}
