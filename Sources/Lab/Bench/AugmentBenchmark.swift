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
  }
}
