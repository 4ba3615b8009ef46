import Testing

@testable import dflab

@Suite struct BeatTests {
  @Test func itIsTimeOnceInEveryGap() {
    let start = ContinuousClock.now
    var beat = Throttle(every: .seconds(10), from: start)
    let due = [0, 9, 10, 11, 19, 20, 21, 55, 56, 64, 65].filter {
      beat.isDue(at: start + .seconds($0))
    }
    #expect(due == [10, 20, 55, 65])
  }
}
