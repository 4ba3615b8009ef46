public import Detection
import Engine
import Media

/// Benchmarks power spectra.
public struct SpectrumBenchmark: Sendable {
  /// The number of pictures.
  public var count = 512
  /// Pixels along a side.
  public var side = 256
  /// Features of a spectrum.
  public var features = 300

  /// 512 pictures of 256×256.
  public init() {}

  /// The result.
  public struct Result: Codable, Equatable, Sendable {
    /// Pictures, their side in pixels, features, and threads.
    public let pictures, side, features, threads: Int
    /// Pictures per second of wall-clock time.
    public let picturesPerSecond: Double

    enum CodingKeys: String, CodingKey {
      case pictures, side, features, threads
      case picturesPerSecond = "pictures_per_second"
    }
  }

  /// Computes the spectra of noise, after one warm-up pass.
  public func measure() throws(DetectionError) -> Result {
    let chance = RandomSource(seed: 1)
    let side = side
    let images = ThreadPool.map(min(count, 64)) { number in
      var chance = chance.split(number)
      return Image(
        width: side, height: side,
        pixels: (0..<side * side * 3).map { _ in UInt8(truncatingIfNeeded: chance.next()) })
    }
    let spectrum = PowerSpectrum(features: features)
    _ = try spectrum(images)
    let start = ContinuousClock.now
    var done = 0
    while done < count {
      let part = Array(images.prefix(count - done))
      _ = try spectrum(part)
      done += part.count
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    return Result(
      pictures: count, side: side, features: features, threads: ThreadPool.threads,
      picturesPerSecond: Double(count) / seconds)
  }
}
