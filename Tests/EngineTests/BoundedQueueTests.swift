import Engine
import Foundation
import Testing

@Suite struct BoundedQueueTests {
  @Test func elementsComeInOrderAndErrorsAfterThem() throws {
    struct Fault: Error {}
    let queue = BoundedQueue<Int>(room: 2)
    queue.fill {
      for number in 0..<5 { guard queue.send(number) else { return } }
      throw Fault()
    }
    for number in 0..<5 { #expect(try queue.receive() == number) }
    #expect(throws: Fault.self) { try queue.receive() }
  }

  @Test func whoAwaitsRoomMakesNoElementInAdvance() throws {
    let queue = BoundedQueue<Int>(room: 1)
    let made = NSCondition()
    nonisolated(unsafe) var count = 0
    queue.fill {
      while queue.awaitRoom() {
        let number = made.withLock {
          count += 1
          return count
        }
        guard queue.send(number) else { return }
      }
    }
    for number in 1...20 {
      #expect(try queue.receive() == number)
      // One waits in the queue at most, and none is being made while it does.
      #expect(made.withLock { count } <= number + 1)
    }
    queue.abandon()
  }

  @Test func nobodyWaitsForAConsumerThatHasStopped() {
    let queue = BoundedQueue<Int>(room: 1)
    #expect(queue.awaitRoom() && queue.send(1))
    queue.abandon()
    #expect(!queue.awaitRoom() && !queue.send(2))
  }
}
