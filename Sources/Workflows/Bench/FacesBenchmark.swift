import Engine
import Faces
import Glibc
import Synthesis

/// Benchmarks the rendering of synthetic people, without writing files.
public struct FacesBenchmark: Sendable {
  /// Pictures to render, of eight people in turn.
  public var count = 48
  /// Pixels along a side.
  public var side = 256

  /// Four dozen pictures of 256×256.
  public init() {}

  /// The result.
  public struct Result: Codable, Equatable, Sendable {
    /// Pictures, their side in pixels, and threads.
    public let pictures, side, threads: Int
    /// Pictures per second of wall-clock time.
    public let picturesPerSecond: Double
    /// Milliseconds of one processor per picture.
    public let cpuMilliseconds: Double

    enum CodingKeys: String, CodingKey {
      case pictures, side, threads
      case picturesPerSecond = "pictures_per_second"
      case cpuMilliseconds = "cpu_ms"
    }
  }

  /// Renders, after one warm-up picture.
  public func measure() -> Result {
    let people = (0..<8).map {
      SceneSource(seed: 1, person: $0, kind: .portraits, poses: PoseRange(degrees: 30, 12, 8))
    }
    @Sendable func render(_ number: Int) -> Int {
      let scene = people[number % people.count].scene(number / people.count)
      return scene.rendered(side: side).mask.count
    }
    _ = render(0)
    let (start, busy) = (ContinuousClock.now, clock())
    _ = ThreadPool.map(count) { render($0) }
    let seconds = start.duration(to: .now) / .seconds(1)
    let used = Double(clock() - busy) / Double(CLOCKS_PER_SEC)
    return Result(
      pictures: count, side: side, threads: ThreadPool.threads,
      picturesPerSecond: Double(count) / seconds, cpuMilliseconds: used * 1e3 / Double(count))
  }
}
