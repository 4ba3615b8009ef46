import Engine
import Faces
public import Generation
import Glibc
public import Media
import Records
import Synthesis

/// Benchmarks forgeries and degradations, without reading or writing files.
///
/// The faces are rendered, with exact landmarks; the swap model has random weights, which cost the
/// same as trained ones.
public struct AugmentBenchmark: Sendable {
  /// Samples of the mixture: half real, half forged by each method in turn.
  public var count = 400
  /// Samples of each method and degradation.
  public var repeats = 24
  /// The swap model.
  public var architecture = SwapArchitecture.fast

  /// Four hundred samples with the default strengths.
  public init() {}

  /// The cost of one step.
  public struct Step: Codable, Equatable, Sendable {
    /// A method, a degradation, or `jpeg 95` for the file.
    public let name: String
    /// Median milliseconds of one processor per sample.
    public let milliseconds: Double
  }

  /// The result.
  public struct Result: Codable, Equatable, Sendable {
    /// Samples of the mixture, and threads.
    public let samples, threads: Int
    /// Finished samples per second of wall-clock time.
    public let samplesPerSecond: Double
    /// Milliseconds of one processor per sample of the mixture.
    public let cpuMilliseconds: Double
    /// Each method, then each degradation at medium strength, then the
    /// file, without and with credentials.
    public let steps: [Step]

    enum CodingKeys: String, CodingKey {
      case samples, threads, steps
      case samplesPerSecond = "samples_per_second"
      case cpuMilliseconds = "cpu_ms"
    }
  }

  /// Measures the mixture, after one warm-up round, and each step separately.
  public func measure() throws(MediaError) -> Result {
    let (forger, mark) = (forger(), try Mark.synthetic(at: "."))
    for number in 0..<2 * ForgeryMethod.all.count { _ = try sample(number, by: forger, mark) }
    let (start, busy) = (ContinuousClock.now, clock())
    let made = ThreadPool.map(count) { number in try? sample(number, by: forger, mark) }
    let seconds = start.duration(to: .now) / .seconds(1)
    let used = Double(clock() - busy) / Double(CLOCKS_PER_SEC)
    // An error on another thread is reproduced and thrown here.
    if let failed = made.firstIndex(of: nil) { _ = try sample(failed, by: forger, mark) }
    return Result(
      samples: count, threads: ThreadPool.threads, samplesPerSecond: Double(count) / seconds,
      cpuMilliseconds: used * 1e3 / Double(count), steps: try steps(forger, mark))
  }

  /// The bytes of one finished sample: real or forged, degraded, encoded.
  private func sample(
    _ number: Int, by forger: Forger, _ mark: Mark
  ) throws(MediaError) -> Int {
    let randomness = RandomSource(seed: 1).split(number)
    let face = number % forger.faces.count
    var forged: Image?
    if number % 2 == 1 {
      let method = ForgeryMethod.all[number / 2 % ForgeryMethod.all.count]
      forged =
        forger.forgery(
          method, of: face, donors: Array(forger.faces.indices), randomness: randomness.split(1))?
        .image
    }
    return try SampleMaker.file(
      of: forged, real: forger.faces[face].image, side: Crop.pictureSide,
      DegradationDraw().drawn(randomness: randomness.split(2)), chance: randomness,
      mark: mark
    ).count
  }

  private func steps(_ forger: Forger, _ mark: Mark) throws(MediaError) -> [Step] {
    var steps: [Step] = []
    let donors = Array(forger.faces.indices)
    for method in ForgeryMethod.all {
      steps.append(
        Step(
          name: method.name,
          milliseconds: median { number in
            _ = forger.forgery(
              method, of: number % donors.count, donors: donors,
              randomness: RandomSource(seed: 2).split(number))
          }))
    }
    for kind in Degradation.Kind.allCases {
      let degradation = Degradation.ladder(kind)[2]
      let image = forger.faces[0].image
      // Without libx264 this throws, before the measurement.
      _ = try degradation.applied(to: image, randomness: RandomSource(seed: 3))
      steps.append(
        Step(
          name: "\(kind.rawValue) (degradation)",
          milliseconds: median { number in
            _ = try? degradation.applied(to: image, randomness: RandomSource(seed: 3).split(number))
          }))
    }
    for (name, mark) in [("file, JPEG 95", nil), ("file, JPEG 95, signed", mark)] {
      steps.append(
        Step(
          name: name,
          milliseconds: median { number in
            let image = forger.faces[number % forger.faces.count].image
            _ = try? image.encoded(as: .jpeg(quality: 95), mark: mark)
          }))
    }
    return steps
  }

  private func median(_ work: (Int) -> Void) -> Double {
    work(0)
    let times = (0..<repeats).map { number in
      let start = clock()
      ThreadPool.with(threads: 1) { work(number) }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1e3
    }.sorted()
    return (times[(repeats - 1) / 2] + times[repeats / 2]) / 2
  }

  /// Two pictures each of eight people, and a model of each pair of them.
  private func forger() -> Forger {
    let people = (0..<8).map {
      SceneSource(seed: 1, person: $0, kind: .portraits, poses: PoseRange(degrees: 30, 12, 8))
    }
    let faces = ThreadPool.map(16) { number in
      let scene = people[number / 2].scene(number % 2)
      let portrait = scene.rendered(side: Crop.pictureSide)
      return RealFace(
        image: portrait.image, landmarks: portrait.landmarks.map(\.position),
        identity: "person \(number / 2)", clip: "clip \(number / 2)")
    }
    let model = SwapModel(architecture, randomness: RandomSource(seed: 1))
    let models = stride(from: 0, to: people.count, by: 2).map {
      ForgeryModel(
        model, name: "fresh", identityA: "person \($0)", identityB: "person \($0 + 1)")
    }
    return Forger(faces: faces, models: models)
  }
}
