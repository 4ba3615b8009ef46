import Foundation
import Search
import Testing

/// What `Golden/search.py` had Optuna 5.0.0 answer.
struct Golden: Decodable {
  struct Trial: Decodable {
    let number: Int
    let state: String
    let parameters: [String: Double]
    let reports: [[ReportedNumber]]
    let value: ReportedNumber?

    func trial(in space: SearchSpace) throws -> SearchTrial {
      SearchTrial(
        number: number, state: try #require(SearchTrial.State(rawValue: state)),
        parameters: parameters, distributions: space,
        reports: Dictionary(
          reports.map { (Int($0[0].value), $0[1].value) }, uniquingKeysWith: { $1 }),
        value: value?.value)
    }
  }

  struct Density: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let direction: SearchDirection
    let space: SearchSpace
    let trials: [Trial]
    let good: [Int]
    let points: [[String: Double]]
    let logGood, logBad: [Double]

    var testDescription: String { name }
  }

  struct Suggestions: Decodable {
    let space: SearchSpace
    let trials: [Trial]
    let deciles: [String: [Double]]
    let choices: [Double]
  }

  struct Pruning: Decodable, Sendable, CustomTestStringConvertible {
    let kind: String
    let arguments: [String: Double]
    let direction: SearchDirection
    /// By trial: step, value, and whether it was pruned after it.
    let trials: [[[ReportedNumber]]]

    var testDescription: String { "\(kind) \(arguments.sorted { $0.key < $1.key }) \(direction)" }
  }

  struct Tree: Decodable {
    struct Leaf: Decodable {
      let low, high: [Double]
      let value: Double
    }

    let leaves: [Leaf]
    let variance: Double
    let variances: [Double]
  }

  struct Importance: Decodable {
    let space: SearchSpace
    let trials: [Trial]
    let shares: [String: Double]
  }

  struct Truncated: Decodable {
    let a, b, q, mass, x: Double
  }

  let optuna: String
  let densities: [Density]
  let suggestions: Suggestions
  let pruning: [Pruning]
  let tree: Tree
  let importance: Importance
  let truncated: [Truncated]

  static let all: Golden? = Bundle.module.url(forResource: "search", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }
    .flatMap { try? JSONDecoder().decode(Golden.self, from: $0) }
}

/// A number, or the word for one that JSON cannot represent; of a truth, 1 or 0.
struct ReportedNumber: Decodable, Sendable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let truth = try? container.decode(Bool.self) {
      value = truth ? 1 : 0
    } else if let number = try? container.decode(Double.self) {
      value = number
    } else {
      value = Double(try container.decode(String.self)) ?? .nan
    }
  }
}

/// Random numbers of tests (SplitMix64).
struct TestSource: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
