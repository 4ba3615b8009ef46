import Foundation
import Synchronization

/// Things that a thread of their own makes, one ahead of who takes them.
final class Ahead<Item: Sendable>: Sendable {
  private struct State {
    var item: Result<Item, any Error>?
    var isOver = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 1)
  private let made = DispatchSemaphore(value: 0)

  /// Begins.
  ///
  /// - Parameter make: hands over one thing after the other, and ends when `hand` says false.
  init(_ make: @escaping @Sendable (_ hand: (Item) -> Bool) throws -> Void) {
    let (state, room, made) = (SharedState(self), room, made)
    let thread = Thread {
      func put(_ item: Result<Item, any Error>?) -> Bool {
        room.wait()
        let isWanted = state.put(item)
        made.signal()
        return isWanted
      }
      do {
        try make { put(.success($0)) }
        _ = put(nil)
      } catch {
        if put(.failure(error)) { _ = put(nil) }
      }
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// The next thing, or nil when there is none any more.
  func next() throws -> Item? {
    made.wait()
    let item = state.withLock { state in
      defer { state.item = nil }
      return state.item
    }
    // At the end, nothing is ever made again, and whoever asks again shall not wait.
    if item == nil { made.signal() } else { room.signal() }
    return try item?.get()
  }

  /// Ends the making, at the next thing.
  func stop() {
    state.withLock { $0.isOver = true }
    room.signal()
  }
}
