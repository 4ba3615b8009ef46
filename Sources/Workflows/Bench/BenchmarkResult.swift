/// The figures of a benchmark, under the names that all benchmarks use.
public struct BenchmarkResult: Codable, Equatable, Sendable {
  /// What was measured.
  public let model, mode, precision: String
  /// Faces of each side, and threads.
  public let batch, threads: Int
  /// Images a second: of both sides in training, of one in inference.
  public let imagesPerSecond: Double
  /// 10⁹ floating-point operations a second, a multiplication and an addition counting as two.
  public let gflops: Double
  /// The share of the float32 matrix product's speed on this machine, 0…1 and more.
  public let peakShare: Double
  /// The most memory that the program has held.
  public let peakMemoryBytes: Int

  enum CodingKeys: String, CodingKey {
    case model, mode, precision, batch, threads, gflops
    case imagesPerSecond = "images_per_second"
    case peakShare = "peak_share"
    case peakMemoryBytes = "peak_memory_bytes"
  }
}
