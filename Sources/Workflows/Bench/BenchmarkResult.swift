/// The result of a benchmark, with common names.
public struct BenchmarkResult: Codable, Equatable, Sendable {
  /// The model, mode and precision.
  public let model, mode, precision: String
  /// Faces per side or, of a network that looks at several frames, clips; and threads.
  public let batch, threads: Int
  /// Frames of each clip; nil for a network that looks at each face by itself.
  public var frames: Int?
  /// Faces per second: of both sides in training, of one in inference.
  ///
  /// Each frame of a clip is a face.
  public let facesPerSecond: Double
  /// 10⁹ floating-point operations per second, counting a multiply-add as two.
  public let gflops: Double
  /// The rate relative to this machine's float32 matrix product, 0…1 and more.
  public let peakShare: Double
  /// The program's peak memory.
  public let peakMemoryBytes: Int

  enum CodingKeys: String, CodingKey {
    case model, mode, precision, batch, threads, frames, gflops
    case facesPerSecond = "faces_per_second"
    case peakShare = "peak_share"
    case peakMemoryBytes = "peak_memory_bytes"
  }
}
