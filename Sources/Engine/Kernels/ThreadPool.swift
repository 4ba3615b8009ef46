private import CKernels
private import Synchronization

/// The threads that the engine computes with.
public enum ThreadPool {
  /// How many threads work at once; at first, the processors this process may use.
  public static var threads: Int {
    get { Int(dflab_threads()) }
    set { dflab_set_threads(Int32(newValue)) }
  }

  /// What `body` gives when the calls that this thread makes in it have a team of `count`.
  ///
  /// Work on other threads keeps its own number, so two measurements may run side by side.
  public static func with<Result>(
    threads count: Int, _ body: () throws -> Result
  ) rethrows -> Result {
    let before = dflab_set_threads_here(Int32(count))
    defer { _ = dflab_set_threads_here(before) }
    return try body()
  }

  /// Runs `body` once for each index, spread over the team in fixed, contiguous pieces.
  ///
  /// `body` runs on several threads at once and must touch only what belongs to its index.
  static func forEach(_ count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      var job = Job(count: count, body: body)
      unsafe withUnsafeMutablePointer(to: &job) { job in
        unsafe dflab_parallel(
          { context, index, threads in
            guard let job = unsafe context?.assumingMemoryBound(to: Job.self) else { return }
            let count = unsafe job.pointee.count
            let first = count * Int(index) / Int(threads)
            let end = count * (Int(index) + 1) / Int(threads)
            for item in first..<end { unsafe job.pointee.body(item) }
          }, job)
      }
    }
  }

  /// The results of `body` for 0 ..< count, in order, computed by the whole team.
  ///
  /// Whoever is free takes the next index: work of unlike length, or a thread that something else
  /// keeps from its processor, holds nobody up.
  public static func map<Result>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    unsafe [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      let queue = Queue(count: count)
      forEach(min(threads, count)) { _ in
        while let index = queue.next() { unsafe (base + index).initialize(to: body(index)) }
      }
      initialized = count
    }
  }

  /// Hands out 0 ..< count, each once, to any number of threads.
  private final class Queue: Sendable {
    private let count: Int
    private let taken = Atomic(0)

    init(count: Int) { self.count = count }

    func next() -> Int? {
      let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
  }

  private struct Job {
    let count: Int
    let body: (Int) -> Void
  }
}
