import Testing

@testable import Records

@Suite struct CommandWordsTests {
  @Test(arguments: [
    ("duel --rounds 2 --replay 0 --name x", "duel --name x", "duel --rounds 2 --replay 0 --name x"),
    (
      "duel --rounds 2 --a p q --b r s --name x", "duel --name x --rounds=3",
      "duel --a p q --b r s --name x --rounds=3"
    ),
    ("faces synthesize --seed 1", "faces synthesize --seed -2", "faces synthesize --seed -2"),
    ("swap --a p --quiet", "swap -h --a q", "swap --quiet -h --a q"), ("", "status", "status"),
  ])
  func aLaterSessionKeepsWhatItLeavesOut(earlier: String, later: String, both: String) {
    func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    #expect(CommandLineMerging.joined(words(earlier), words(later)) == words(both))
  }
}
