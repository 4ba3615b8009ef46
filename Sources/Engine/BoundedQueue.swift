import Foundation

/// A queue between two threads, which makes the first wait when the second falls behind.
public final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let room: Int
  private var waiting: [Element] = []
  private var end: Result<Void, any Error>?
  private var isAbandoned = false

  /// A queue of at most `room` elements.
  public init(room: Int) { self.room = room }

  /// Adds an element; false when nobody wants any more.
  public func send(_ element: Element) -> Bool {
    condition.withLock {
      while waiting.count >= room && !isAbandoned { condition.wait() }
      waiting.append(element)
      condition.broadcast()
      return !isAbandoned
    }
  }

  /// Says that no more elements come, and why; the first word counts.
  public func finish(_ result: Result<Void, any Error>) {
    condition.withLock {
      if end == nil { end = result }
      condition.broadcast()
    }
  }

  /// The next element, or nil at the end.
  ///
  /// Throws what ended the sender, after its last element.
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

  /// Says that no more elements are wanted.
  public func abandon() {
    condition.withLock {
      isAbandoned = true
      condition.broadcast()
    }
  }

  /// Runs `body` on a thread of its own; the pipe ends as it does.
  public func fill(_ body: @escaping @Sendable () throws -> Void) {
    let thread = Thread { [self] in finish(Result { try body() }) }
    // Decoders of video are used to the stack of a main thread.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
