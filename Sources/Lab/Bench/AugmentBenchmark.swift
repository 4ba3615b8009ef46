import Engine
import Faces
import Generation
import Media

/// Measures how fast labelled pictures are made on this machine, and where the time goes.
public struct AugmentBenchmark: Sendable {
  /// Pictures to make for the rate, without writing them.
  public var count = 512
  /// Pictures a method or step is measured on.
  public var repetitions = 24

  /// Half a thousand pictures.
  public init() {}

  /// What came out.
  public struct Result: Codable, Equatable, Sendable {
    /// Pictures and threads.
    public let pictures, threads: Int
    /// Finished pictures of 256×256 a second by the usual recipe, real and fake, without writing.
    public let picturesPerSecond: Double
    /// Milliseconds of one thread: each method by its name, `degrade`, `encode`.
    public let milliseconds: [String: Double]

    enum CodingKeys: String, CodingKey {
      case pictures, threads, milliseconds
      case picturesPerSecond = "pictures_per_second"
    }
  }

  /// Makes pictures of three rendered people; two of them have an untrained model.
  public func measure() throws -> Result {
    let forger = Forger(faces: AugmentBenchmark.faces(), models: [AugmentBenchmark.model])
    let recipe = AugmentRecipe()
    let all = Array(forger.faces.indices)
    let plan = AugmentPlan(
      count: count, pools: [.training: AugmentPlan.Pool(all, forger, recipe)], recipe: recipe,
      shares: SplitShares("100/0/0") ?? .usual, ratio: 1, randomness: RandomSource(seed: 1))
    let maker = SampleMaker(
      forger: forger, pictures: all.map(String.init), degradations: recipe.degradations, seed: 1,
      side: Crop.pictureSide, donors: [.training: all])
    // The first of each kind sets things up that later ones share.
    _ = Team.map(min(64, count)) { try? maker.make(plan.entries[$0], number: $0).bytes.count }
    let start = ContinuousClock.now
    let made = Team.map(count) { index in
      Swift.Result { try maker.make(plan.entries[index], number: index).bytes.count }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    for result in made { _ = try result.get() }
    return Result(
      pictures: count, threads: Team.threads, picturesPerSecond: Double(count) / seconds,
      milliseconds: try steps(forger, recipe))
  }

  private func steps(_ forger: Forger, _ recipe: AugmentRecipe) throws -> [String: Double] {
    let all = Array(forger.faces.indices)
    var steps: [String: Double] = [:]
    for method in ForgeryMethod.allCases {
      // The first eight faces are of a person whom the model knows.
      steps[method.rawValue] = try timed { number in
        _ = forger.forgery(
          method, of: number % 8, donors: all, randomness: RandomSource(seed: UInt64(number)))
      }
    }
    let image = forger.faces[0].image
    steps["degrade"] = try timed { number in
      let chance = RandomSource(seed: UInt64(number))
      _ = try recipe.degradations.drawn(randomness: chance).applied(to: image, randomness: chance)
    }
    steps["encode"] = try timed { _ in
      _ = try image.encoded(as: SampleMaker.format, mark: SampleMaker.mark)
    }
    return steps
  }

  /// Milliseconds of one thread that `body` takes on average.
  private func timed(_ body: (Int) throws -> Void) throws -> Double {
    try Team.with(threads: 1) {
      try body(0)
      let start = ContinuousClock.now
      for number in 0..<repetitions { try body(number) }
      return start.duration(to: .now) / .milliseconds(1) / Double(repetitions)
    }
  }

  private static let people = 3

  private static func faces() -> [RealFace] {
    Team.map(people * 8) { number in
      let source = SceneSource(
        seed: 1, person: number / 8, kind: .portraits, poses: PoseRange(degrees: 20, 10, 5))
      let portrait = source.scene(number % 8).rendered(side: Crop.pictureSide, isClean: false)
      return RealFace(
        image: portrait.image, landmarks: portrait.landmarks.map(\.position),
        identity: "\(number / 8)", clip: "\(number / 8)")
    }
  }

  private static var model: ForgeryModel {
    ForgeryModel(
      SwapModel(.fast, randomness: RandomSource(seed: 1)), name: "untrained", identityA: "0",
      identityB: "1")
import Glibc
import Media

/// Measures how fast forgeries are made and degraded, without reading or writing files.
///
/// The faces are rendered, with the landmarks that they were rendered from; the swap model has
/// fresh weights, which cost what learnt ones do.
public struct AugmentBenchmark: Sendable {
  /// Samples of the mixture: half real, half forged by each method in turn.
  public var count = 400
  /// Samples of each method and degradation.
  public var repeats = 24
  /// The model that swaps.
  public var architecture = SwapArchitecture.fast

  /// Four hundred samples with the default strengths.
  public init() {}

  /// What one step costs.
  public struct Step: Codable, Equatable, Sendable {
    /// A method, a degradation or `jpeg 95` for the file.
    public let name: String
    /// Milliseconds of one processor for one sample, the median.
    public let milliseconds: Double
  }

  /// What came out.
  public struct Result: Codable, Equatable, Sendable {
    /// Samples of the mixture, and threads.
    public let samples, threads: Int
    /// Finished samples a second, by the clock on the wall.
    public let samplesPerSecond: Double
    /// Milliseconds of one processor that a sample of the mixture takes.
    public let cpuMilliseconds: Double
    /// Each method, then each degradation at the middle of its ladder, then the file.
    public let steps: [Step]

    enum CodingKeys: String, CodingKey {
      case samples, threads, steps
      case samplesPerSecond = "samples_per_second"
      case cpuMilliseconds = "cpu_ms"
    }
  }

  /// Measures the mixture, after one round of it that does not count, and each step alone.
  public func measure() throws(MediaError) -> Result {
    let forger = forger()
    for number in 0..<2 * ForgeryMethod.allCases.count { _ = try sample(number, by: forger) }
    let (start, busy) = (ContinuousClock.now, clock())
    let made = Team.map(count) { number in try? sample(number, by: forger) }
    let seconds = start.duration(to: .now) / .seconds(1)
    let used = Double(clock() - busy) / Double(CLOCKS_PER_SEC)
    // What failed on another thread fails here again, and says why.
    if let failed = made.firstIndex(of: nil) { _ = try sample(failed, by: forger) }
    return Result(
      samples: count, threads: Team.threads, samplesPerSecond: Double(count) / seconds,
      cpuMilliseconds: used * 1e3 / Double(count), steps: try steps(forger))
  }

  /// The bytes of one finished sample: real or forged, degraded, encoded.
  private func sample(_ number: Int, by forger: Forger) throws(MediaError) -> Int {
    let randomness = RandomSource(seed: 1).split(number)
    let face = number % forger.faces.count
    var image = forger.faces[face].image
    if number % 2 == 1 {
      let method = ForgeryMethod.allCases[number / 2 % ForgeryMethod.allCases.count]
      let forgery = forger.forgery(
        method, of: face, donors: Array(forger.faces.indices), randomness: randomness.split(0))
      if let forgery { image = forgery.image }
    }
    let degradations = DegradationDraw().drawn(randomness: randomness.split(1))
    image = try degradations.applied(to: image, randomness: randomness.split(2))
    return try image.encoded(as: .jpeg(quality: 95), mark: nil).count
  }

  private func steps(_ forger: Forger) throws(MediaError) -> [Step] {
    var steps: [Step] = []
    let donors = Array(forger.faces.indices)
    for method in ForgeryMethod.allCases {
      steps.append(
        Step(
          name: method.rawValue,
          milliseconds: median { number in
            _ = forger.forgery(
              method, of: number % donors.count, donors: donors,
              randomness: RandomSource(seed: 2).split(number))
          }))
    }
    for kind in Degradation.Kind.allCases {
      let degradation = Degradation.ladder(kind)[2]
      let image = forger.faces[0].image
      // Without libx264 the degradation is refused: better here than in a measurement.
      _ = try degradation.applied(to: image, randomness: RandomSource(seed: 3))
      steps.append(
        Step(
          name: "\(kind.rawValue) (degradation)",
          milliseconds: median { number in
            _ = try? degradation.applied(to: image, randomness: RandomSource(seed: 3).split(number))
          }))
    }
    steps.append(
      Step(
        name: "file, JPEG 95",
        milliseconds: median { number in
          let image = forger.faces[number % forger.faces.count].image
          _ = try? image.encoded(as: .jpeg(quality: 95), mark: nil)
        }))
    return steps
  }

  private func median(_ work: (Int) -> Void) -> Double {
    work(0)
    let times = (0..<repeats).map { number in
      let start = clock()
      Team.with(threads: 1) { work(number) }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1e3
    }.sorted()
    return (times[(repeats - 1) / 2] + times[repeats / 2]) / 2
  }

  /// Two pictures of each of eight people, and a model of each two of them.
  private func forger() -> Forger {
    let people = (0..<8).map {
      SceneSource(seed: 1, person: $0, kind: .portraits, poses: PoseRange(degrees: 30, 12, 8))
    }
    let faces = Team.map(16) { number in
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
