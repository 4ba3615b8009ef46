public import Engine
import Foundation
import Synchronization

/// Ranks that are threads of this process, for tests of what MPI does among processes.
public enum ThreadRanks {
  /// The results of `body` on each of several ranks, which run at once with one engine thread each.
  public static func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Ranks) -> Result
  ) -> [Result] {
    let table = RankTable(count: count)
    let results = Mutex([Result?](repeating: nil, count: count))
    let threads = DispatchGroup()
    for rank in 0..<count {
      threads.enter()
      let thread = Thread {
        let result = ThreadPool.with(threads: 1) {
          body(Ranks(over: ThreadTransport(rank: rank, count: count, table: table)))
        }
        results.withLock { $0[rank] = result }
        threads.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    threads.wait()
    return results.withLock { $0.compactMap(\.self) }
  }
}

/// What each rank lays out for the others.
private final class RankTable: @unchecked Sendable {
  private let count: Int
  private let condition = NSCondition()
  private var laid: [[[UInt8]]]
  private var arrived = 0
  private var round = 0

  init(count: Int) {
    self.count = count
    laid = Array(repeating: [], count: count)
  }

  /// Lays out messages, one for each rank, and returns what all laid out.
  func meet(_ rank: Int, _ messages: [[UInt8]]) -> [[[UInt8]]] {
    condition.lock()
    defer { condition.unlock() }
    laid[rank] = messages
    wait()
    let result = laid
    wait()
    return result
  }

  /// Waits for all ranks.
  private func wait() {
    let own = round
    arrived += 1
    if arrived == count {
      (arrived, round) = (0, round + 1)
      condition.broadcast()
    }
    while round == own { condition.wait() }
  }
}

private struct ThreadTransport: RankTransport {
  let rank, count: Int
  let table: RankTable

  func exchange(
    _ values: UnsafeBufferPointer<Float>, parts: [Range<Int>],
    into received: UnsafeMutableBufferPointer<Float>
  ) {
    let messages = unsafe parts.map { unsafe bytes(of: UnsafeBufferPointer(rebasing: values[$0])) }
    var start = 0
    for laid in table.meet(rank, messages) {
      unsafe place(laid[rank], in: received, at: start)
      start += parts[rank].count
    }
  }

  func gather(_ values: UnsafeMutableBufferPointer<Float>, parts: [Range<Int>]) {
    let own = unsafe bytes(of: UnsafeBufferPointer(rebasing: values[parts[rank]]))
    for (part, laid) in zip(parts, table.meet(rank, [own])) {
      unsafe place(laid[0], in: values, at: part.lowerBound)
    }
  }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from root: Int) {
    unsafe bytes.copyBytes(from: table.meet(rank, [Array(bytes)])[root][0])
  }

  func abort() -> Never { fatalError("rank \(rank) ended all ranks") }

  private func bytes(of values: UnsafeBufferPointer<Float>) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(values))
  }

  private func place(
    _ bytes: [UInt8], in values: UnsafeMutableBufferPointer<Float>, at start: Int
  ) {
    unsafe UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(values)[4 * start..<4 * start + bytes.count]
    ).copyBytes(from: bytes)
  }
}
