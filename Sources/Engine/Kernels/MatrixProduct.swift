private import COpenBLAS

/// The peak of this machine's matrix product, as a reference for benchmarks.
public enum MatrixProduct {
  /// Floating-point operations per second of OpenBLAS' single-precision product, on all threads at
  /// once: the best of several rounds of about 0.1 s.
  public static func measuredPeak(rounds: Int = 5) -> Double {
    let size = 768
    let threads = ThreadPool.threads
    openblas_set_num_threads(1)
    let operands = (0..<threads).map { _ in
      (0..<3).map { _ in Tensor(zeros: [size, size]) }
    }
    let operations = 2 * Double(size * size * size) * Double(threads) * 4
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<max(1, rounds) {
      let time = clock.measure {
        ThreadPool.forEach(threads) { thread in
          let matrices = operands[thread]
          for _ in 0..<4 {
            unsafe cblas_sgemm(
              CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(size), Int32(size), Int32(size), 1,
              matrices[0].floats, Int32(size), matrices[1].floats, Int32(size), 0,
              matrices[2].floats, Int32(size))
          }
        }
      }
      best = max(best, operations / (time / .seconds(1)))
    }
    return best
  }
}
