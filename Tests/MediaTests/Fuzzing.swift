import Foundation
import Testing

/// How long damaged files are tried: some hundred rounds, always the same ones, or for as many seconds
/// as `DFLAB_FUZZ_SECONDS` says, with a new seed each time.
struct Fuzzing {
  private static let seconds = ProcessInfo.processInfo.environment["DFLAB_FUZZ_SECONDS"]
    .flatMap(Double.init)

  /// All chance of the rounds.
  var chance: Chance
  private let begun = Date()
  private let rounds: Int
  private var round = 0
  /// Memory in use when a tenth of the time was over, in megabytes.
  private var early: Int?

  /// - Parameter rounds: how many, where no time is given.
  init(rounds: Int) {
    self.rounds = rounds
    chance = Chance(state: Fuzzing.seconds == nil ? 0x5EED : UInt64(begun.timeIntervalSince1970))
  }

  /// True as long as there is another round.
  mutating func goesOn() -> Bool {
    round += 1
    guard let seconds = Fuzzing.seconds else { return round <= rounds }
    let passed = Date().timeIntervalSince(begun)
    if early == nil, passed > seconds / 10 { early = Fuzzing.memory }
    guard passed >= seconds else { return true }
    // Caches fill up early; what grows on and on is a leak.
    let growth = Fuzzing.memory - (early ?? 0)
    #expect(growth < 200, "\(growth) MB more than after a tenth of \(round) rounds")
    return false
  }

  /// Megabytes in use by the process.
  private static var memory: Int {
    let words = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ")
    return (words?.dropFirst().first.flatMap { Int($0) } ?? 0) / 256
  }
}
