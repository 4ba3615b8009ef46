private import CKernels
private import Synchronization

/// The engine's threads.
public enum ThreadPool {
  /// The number of threads; by default, the processors available to this process.
  public static var threads: Int {
    get { Int(dflab_threads()) }
    set { dflab_set_threads(Int32(newValue)) }
  }

  /// The result of `body`, in which calls on this thread use `count` threads.
  ///
  /// Work on other threads keeps its own number, so two measurements may run concurrently.
  public static func with<Result>(
    threads count: Int, _ body: () throws -> Result
  ) rethrows -> Result {
    let before = dflab_set_threads_here(Int32(count))
    defer { _ = dflab_set_threads_here(before) }
    return try body()
  }

  /// Runs `body` once for each index, spread over the threads in fixed, contiguous pieces.
  ///
  /// `body` runs on several threads at once and may access only what belongs to its index.
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

  /// The results of `body` for 0 ..< count, in order, computed in parallel.
  ///
  /// An idle thread takes the next index, so work of unequal length or a preempted thread blocks
  /// nothing.
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

  /// Distributes 0 ..< count, each once, to any number of threads.
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
