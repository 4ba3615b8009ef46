import Dispatch
import Foundation
import Synchronization

/// Things that a thread of their own makes, one ahead of who takes them.
final class Ahead<Item: Sendable>: Sendable {
  private struct State {
    var item: Result<Item, any Error>?
    var isUnwanted = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 1)
  private let made = DispatchSemaphore(value: 0)

  /// Begins; whoever begins must call `stop` in the end.
  ///
  /// - Parameter make: hands over one thing after the other, and ends when `hand` says false.
  init(_ make: @escaping @Sendable (_ hand: (Item) -> Bool) throws -> Void) {
    let thread = Thread { [self] in
      do {
        try make { self.put(.success($0)) }
      } catch {
        _ = put(.failure(error))
      }
      _ = put(nil)
    }
    // Decoders of video are used to the stack of a main thread.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// The next thing, or nil when there is none any more; not to be called after that.
  func next() throws -> Item? {
    made.wait()
    let item = state.withLock { state in
      defer { state.item = nil }
      return state.item
    }
    room.signal()
    return try item?.get()
  }

  /// Ends the making, at the next thing.
  func stop() {
    state.withLock { $0.isUnwanted = true }
    // Enough for a thing that waits, the error after it, and the end.
    for _ in 0..<3 { room.signal() }
  }

  /// Puts a thing where `next` finds it; false when nobody wants it.
  private func put(_ item: Result<Item, any Error>?) -> Bool {
    room.wait()
    let isWanted = state.withLock { state in
      if !state.isUnwanted { state.item = item }
      return !state.isUnwanted
    }
    made.signal()
    return isWanted
  }
}
