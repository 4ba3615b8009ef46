import Foundation

/// A queue between two threads that blocks the producer when it is full.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let room: Int
  private var waiting: [Element] = []
  private var end: Result<Void, any Error>?
  private var isAbandoned = false

  /// A queue of at most `room` elements.
  public init(room: Int) { self.room = room }

  /// Adds an element; false if the consumer has stopped.
  public func send(_ element: Element) -> Bool {
    condition.withLock {
      while waiting.count >= room && !isAbandoned { condition.wait() }
      waiting.append(element)
      condition.broadcast()
      return !isAbandoned
    }
  }

  /// Waits until there is room for an element, so that none is made in advance; false if the consumer has
  /// stopped.
  public func awaitRoom() -> Bool {
    condition.withLock {
      while waiting.count >= room && !isAbandoned { condition.wait() }
      return !isAbandoned
    }
  }

  /// Ends the queue with a result; the first one counts.
  public func finish(_ result: Result<Void, any Error>) {
    condition.withLock {
      if end == nil { end = result }
      condition.broadcast()
    }
  }

  /// The next element, or nil at the end.
  ///
  /// Throws the producer's error after its last element.
  public func receive() throws -> Element? {
    try condition.withLock {
      while waiting.isEmpty && end == nil { condition.wait() }
      guard !waiting.isEmpty else {
        try end?.get()
        return nil
      }
      defer { condition.broadcast() }
      return waiting.removeFirst()
    }
  }

  /// Stops the producer.
  public func abandon() {
    condition.withLock {
      isAbandoned = true
      condition.broadcast()
    }
  }

  /// Runs `body` on its own thread; the queue ends with it.
  public func fill(_ body: @escaping @Sendable () throws -> Void) {
    let thread = Thread { [self] in finish(Result { try body() }) }
    // Video decoders expect the stack size of a main thread.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
