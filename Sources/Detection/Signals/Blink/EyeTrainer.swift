public import Engine
public import Faces
import Foundation
public import Media

/// Settings of training an `EyeNetwork`.
public struct EyeSettings: Codable, Equatable, Sendable {
  /// Training steps.
  public var iterations = 3000
  /// Eyes in a step; half of them are at least partly closed.
  public var batch = 64
  /// The peak learning rate of AdamW.
  public var learningRate: Float = 2e-3
  /// The weight decay of AdamW.
  public var weightDecay = 1e-2
  /// The random seed.
  public var seed: UInt64 = 1

  /// The settings that the embedded network was trained with.
  public init() {}
}

/// A rendered face, and how far its eyes are closed.
public struct EyePicture: Sendable {
  /// 256×256, as in a face set, with its 68 landmarks.
  public let image: Image
  let landmarks: [SIMD2<Float>]
  /// How far the eyes on the left and on the right of the picture are closed, 0…1.
  public let closures: [Float]

  /// - Parameter scene: what was rendered.
  public init(image: Image, landmarks: [SIMD2<Float>], scene: Scene) {
    (self.image, self.landmarks) = (image, landmarks)
    closures = [scene.expression.lidRight, scene.expression.lidLeft]
  }

  /// Whether an eye is at least partly closed.
  public var isClosing: Bool { closures.contains { $0 > 0.3 } }

  /// The closures of the eyes as a network tells them.
  public func closures(by network: EyeNetwork) -> [Double] {
    let luma = image.luma
    return network.closures(
      of: EyeState.firsts.map { EyeState.picture(of: $0, in: luma, landmarks) })
  }
}

/// Trains an `EyeNetwork` on rendered faces.
///
/// Landmarks are displaced as those that are found in pictures are, and pictures degraded as those of
/// videos. All randomness depends only on the seed and the step, so a resumed run ends with the same bits
/// as an uninterrupted one.
public struct EyeTrainer {
  /// The settings.
  public let settings: EyeSettings
  /// The network, whose weights change with each step.
  public let network: EyeNetwork
  /// The number of completed steps.
  public private(set) var iteration = 0

  /// The ranks that make the steps.
  public let ranks: Ranks
  private let share: BatchShare
  private let open, closing: [EyePicture]
  private var optimizer: Optimizer
  private let randomness: RandomSource
  private let schedule: Schedule

  /// Training before its first step; nil without open or without closing eyes.
  public init?(_ settings: EyeSettings, pictures: [EyePicture], ranks: Ranks = .alone) {
    (open, closing) = (pictures.filter { !$0.isClosing }, pictures.filter(\.isClosing))
    guard !open.isEmpty, !closing.isEmpty else { return nil }
    (self.settings, self.ranks) = (settings, ranks)
    share = BatchShare(of: settings.batch, over: ranks)
    randomness = RandomSource(seed: settings.seed)
    network = EyeNetwork(randomness: randomness.split(0))
    schedule = Schedule(.cosine, warmup: min(100, settings.iterations / 10), floor: 0.005)
    optimizer = Optimizer(
      .adamW(weightDecay: settings.weightDecay), parameters: network.parameters)
  }

  /// One step; throws if a value is not finite.
  ///
  /// - Returns: the loss.
  public mutating func step() throws(EngineError) -> Float {
    send(true)
    return try advance()
  }

  private mutating func advance() throws(EngineError) -> Float {
    let first = share.samples.lowerBound
    let (source, open, closing) = (randomness.split(1).split(iteration), open, closing)
    let eyes = ThreadPool.map(share.samples.count) { place -> EyeSample in
      let index = first + place
      var chance = source.split(index)
      let pictures = index % 2 == 0 ? closing : open
      let picture = pictures[Int(chance.next() % UInt64(pictures.count))]
      return EyeSample(of: picture, side: Int(chance.next() % 2), randomness: chance)
    }
    let input = Tensor.stacked(eyes.count, part: [EyeNetwork.height, EyeNetwork.width, 1]) {
      EyeNetwork.standardize(eyes[$0].picture, into: &$1)
    }
    let targets = Tensor(shape: [eyes.count, 1], values: eyes.map(\.closure))
    var saved = Saved(.training, share: share)
    let own = share.part(
      of: BinaryCrossEntropy()(
        network.body.forward(input, saving: &saved), targets, weight: nil))
    _ = network.body.backward(own.gradient, from: &saved)
    let loss = optimizer.sumGradients(over: ranks, beside: [own.value])[0]
    guard loss.isFinite else { throw .notFinite(what: "The loss", iteration: iteration + 1) }
    let factor = schedule.factor(
      at: Double(iteration) / Double(settings.iterations), iteration: iteration)
    guard optimizer.step(learningRate: settings.learningRate * factor) else {
      throw .notFinite(what: "A gradient", iteration: iteration + 1)
    }
    iteration += 1
    return loss
  }
}

/// A degraded picture of an eye, and how far it is closed.
private struct EyeSample: Sendable {
  private(set) var picture: [Float] = []
  let closure: Float

  /// The changes of pictures before an eye is cut out.
  private static let draw: DegradationDraw = {
    var draw = DegradationDraw.none
    draw.resize = .init(0.5, from: 0.25, to: 1)
    draw.jpeg = .init(0.4, from: 25, to: 90)
    draw.blur = .init(0.3, from: 0.4, to: 2)
    draw.noise = .init(0.4, from: 1, to: 6)
    return draw
  }()

  /// - Parameter side: 0 for the eye on the left of the picture, 1 for the one on the right.
  init(of face: EyePicture, side: Int, randomness: RandomSource) {
    closure = face.closures[side]
    var chance = randomness.split(0)
    // The surroundings of the eye, so that less is degraded.
    let first = EyeState.firsts[side]
    let points = face.landmarks
    let center = (points[first] + points[first + 3]) / 2
    let across = points[first + 3] - points[first]
    let width = (across * across).sum().squareRoot()
    let side = max(16, Int(2 * width))
    let left = min(max(Int(center.x) - side / 2, 0), max(face.image.width - side, 0))
    let top = min(max(Int(center.y) - side / 2, 0), max(face.image.height - side, 0))
    var part = face.image.cropped(
      x: left, y: top, width: min(side, face.image.width - left),
      height: min(side, face.image.height - top))
    for (index, degradation) in EyeSample.draw.drawn(randomness: randomness.split(1)).enumerated() {
      // Unchanged where a codec fails.
      part =
        (try? degradation.applied(to: part, randomness: randomness.split(2).split(index))) ?? part
    }
    // Landmarks that are found in pictures are some percent of an eye's width off.
    let offset = SIMD2(Float(chance.normal(deviation: 0.05)), Float(chance.normal(deviation: 0.06)))
    let scale = Float(exp(chance.normal(deviation: 0.1)))
    let angle = Float(chance.normal(deviation: 0.09))
    let turned =
      scale
      * SIMD2(
        cos(angle) * across.x - sin(angle) * across.y, sin(angle) * across.x + cos(angle) * across.y
      )
    let middle = center + offset * width - SIMD2(Float(left), Float(top))
    let isMirrored = (first == EyeState.firsts[1]) != (chance.uniform() < 0.5)
    let eye = EyeState.picture(
      between: middle - turned / 2, middle + turned / 2, in: part.luma, isMirrored: isMirrored)
    // Light from a side, exposure and contrast.
    let (gamma, gain) = (
      Float(exp(chance.normal(deviation: 0.25))), Float(exp(chance.normal(deviation: 0.2)))
    )
    let slope = SIMD2(Float(chance.normal(deviation: 0.15)), Float(chance.normal(deviation: 0.15)))
    picture = eye.enumerated().map { index, value in
      let (row, column) = index.quotientAndRemainder(dividingBy: EyeNetwork.width)
      let place =
        SIMD2(
          Float(column) / Float(EyeNetwork.width), Float(row) / Float(EyeNetwork.height)) - 0.5
      return 255 * pow(min(max(value / 255, 1 / 255), 1), gamma) * gain
        * (1 + (slope * place).sum())
    }
  }
}

extension EyeTrainer: RankedTrainer {
  /// Takes over the state of rank 0.
  public mutating func shareState() {
    let ranks = ranks
    ranks.share(network.parameters)
    optimizer.share(over: ranks)
    iteration = ranks.broadcast(iteration) ?? iteration
  }

  /// Makes a step that rank 0 makes, too.
  public mutating func carryOut(_ order: Bool) throws(EngineError) { _ = try advance() }
}

extension EyeTrainer {
  /// The value of `kind` in the metadata of training states.
  private static let kind = "dflab eye network training"

  /// Writes everything needed to resume.
  ///
  /// - Parameter program: the name and version of the program, for the metadata.
  public func save(to path: String, by program: String) throws(EngineError) {
    try Checkpoint.write(
      network.parameters.entries + optimizer.entries,
      metadata: [
        "kind": EyeTrainer.kind, "settings": DetectorText.json(settings), "program": program,
        "iteration": String(iteration),
      ], to: path)
  }

  /// Writes only the network, for `EyeNetwork.init(reading:)`.
  public func saveModel(to path: String, by program: String) throws(EngineError) {
    try Checkpoint.write(
      network.parameters.entries,
      metadata: [
        "kind": EyeNetwork.kind, "settings": DetectorText.json(settings), "program": program,
      ], to: path)
  }

  /// Restores what `save(to:by:)` wrote.
  public mutating func restore(from path: String) throws(EngineError) {
    let file = try CheckpointFile(path)
    guard file.metadata["kind"] == EyeTrainer.kind,
      let iteration = file.metadata["iteration"].flatMap(Int.init), iteration >= 0
    else {
      throw .unreadableCheckpoint(
        path: path, reason: "it is no training state of a network for eyes")
    }
    guard file.metadata["settings"] == DetectorText.json(settings) else {
      throw .mismatchedCheckpoint(path: path, reason: "it was trained with other settings")
    }
    try network.parameters.restore(from: file)
    try optimizer.restore(from: file)
    self.iteration = iteration
  }
}
