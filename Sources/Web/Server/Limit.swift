import Synchronization

/// How many of something may be open at the same time.
final class Limit: Sendable {
  private let most: Int
  private let count = Mutex(0)

  init(_ most: Int) { self.most = most }

  /// Opens one; false if that would be too many.
  func enter() -> Bool {
    count.withLock { count in
      guard count < most else { return false }
      count += 1
      return true
    }
  }

  /// Closes one.
  func leave() { count.withLock { $0 -= 1 } }
}
