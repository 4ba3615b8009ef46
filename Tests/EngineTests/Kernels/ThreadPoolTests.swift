import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Engine

@Suite struct TeamTests {
  @Test(arguments: [1, 2, 5], [0, 1, 7, 1000])
  func resultsComeInOrder(threads: Int, count: Int) {
    #expect(
      ThreadPool.with(threads: threads) { ThreadPool.map(count) { 3 * $0 } }
        == (0..<count).map { 3 * $0 })
  }

  @Test func everyIndexIsVisitedOnce() {
    let visits = Mutex([Int](repeating: 0, count: 50))
    ThreadPool.with(threads: 3) {
      ThreadPool.forEach(50) { index in visits.withLock { $0[index] += 1 } }
    }
    #expect(visits.withLock { $0 } == [Int](repeating: 1, count: 50))
  }

  @Test func aSlowTaskHoldsNobodyUp() {
    let others = Atomic(0)
    let seen = ThreadPool.with(threads: 2) {
      ThreadPool.map(8) { index in
        guard index == 0 else { return others.add(1, ordering: .relaxed).newValue }
        let start = ContinuousClock.now
        while others.load(ordering: .relaxed) < 7, start.duration(to: .now) < .seconds(20) {
          Thread.sleep(forTimeInterval: 0.001)
        }
        return others.load(ordering: .relaxed)
      }
    }
    #expect(seen[0] == 7, "the other thread does all the rest meanwhile")
  }

  @Test func aTaskMayCallTheTeamAgain() {
    let sums = ThreadPool.with(threads: 2) {
      ThreadPool.map(4) { outer in ThreadPool.map(5) { outer * $0 }.reduce(0, +) }
    }
    #expect(sums == [0, 10, 20, 30])
  }

  @Test func oneThreadsNumberIsItsOwn() {
    let everyone = ThreadPool.threads
    ThreadPool.with(threads: everyone + 2) {
      #expect(ThreadPool.threads == everyone + 2)
      #expect(ThreadPool.with(threads: 1) { ThreadPool.threads } == 1)
      #expect(ThreadPool.threads == everyone + 2)
      let seen = Mutex(0)
      let done = DispatchSemaphore(value: 0)
      Thread {
        seen.withLock { $0 = ThreadPool.threads }
        done.signal()
      }.start()
      done.wait()
      #expect(seen.withLock { $0 } == everyone)
    }
    #expect(ThreadPool.threads == everyone)
  }
}
