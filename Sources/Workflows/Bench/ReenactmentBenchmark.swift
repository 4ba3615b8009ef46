import Engine
import Faces
import Foundation
public import Generation
import Media
import Synthesis

/// Measures reenactment against the truth.
///
/// Of each pair of synthetic people, one is rendered with the expressions of the other. Each frame has
/// an expression of its own, stronger than in a clip of somebody who talks. The finished faces are
/// measured, blended into the target's frames. "Identity" is then the position between the frame as it
/// was (0) and the truth (1): how much of the expression went over.
public struct ReenactmentBenchmark: Sendable {
  /// The number of pairs of people.
  public var pairs = 4
  /// The frames of each clip, at 25 per second.
  public var frames = 250
  /// The frames that are measured.
  public var measured = 50
  /// Steps of training of each pair's swap model.
  public var iterations = 400
  /// The random seed.
  public var seed: UInt64 = 1

  /// Four pairs.
  public init() {}

  /// One way of reenacting, with its mean metrics.
  public struct Row: Encodable, Equatable, Sendable {
    /// What was done.
    public let face: String
    /// Its metrics over all pairs and frames; `identity` is the position of the expression.
    public let metrics: GroundTruthMetrics
  }

  /// Renders, trains and measures.
  ///
  /// - Parameter report: receives the number of finished pairs.
  public func measure(report: (Int) -> Void = { _ in }) throws -> [Row] {
    let finder = try FaceFinder()
    var all: [[(String, [GroundTruthMetrics])]] = []
    for pair in 0..<pairs {
      all.append(try rows(of: pair, finder))
      report(pair + 1)
    }
    return all[0].indices.map { kind in
      Row(
        face: all[0][kind].0, metrics: GroundTruthMetrics.mean(of: all.flatMap { $0[kind].1 }))
    }
  }

  private func rows(of pair: Int, _ finder: FaceFinder) throws -> [(String, [GroundTruthMetrics])] {
    let people = (0..<2).map { Performer(seed: seed, person: 2 * pair + $0) }
    let clips = people.map { person in
      ThreadPool.map(frames) { RenderedFace(person.scene($0)) }
    }
    let model = try trained(on: clips)
    let faces = clips.map { clip in
      DrivenFace.faces(
        Crop.faces(of: clip.map(\.crop)), landmarks: clip.map(\.landmarks), by: model)
    }
    let places = (0..<measured).map { (2 * $0 + 1) * frames / (2 * measured) }
    let truths = ThreadPool.map(places.count) { index in
      var scene = people[0].scene(places[index])
      scene.expression = people[1].scene(places[index]).expression
      return clips[0][places[index]].truth(scene)
    }
    let (targets, drivers) = (places.map { clips[0][$0] }, places.map { clips[1][$0] })
    let originals = Crop.faces(of: targets.map(\.crop))
    let swaps = GroundTruthSwaps(
      inputs: originals, truths: Crop.faces(of: truths.map(\.crop)),
      masks: Crop.masks(truths.map(\.mask)))
    let marks = GroundTruthLandmarks(
      truths: swaps.truths, pictures: truths.map(\.crop), landmarks: truths.map(\.landmarks)
    ) { try? finder.landmarks(in: $0, near: truths[$1].landmarks) }
    func metrics(_ made: Tensor) -> [GroundTruthMetrics] {
      zip(swaps.metrics(of: made), marks.errors(of: made)).map { metrics, error in
        var metrics = metrics
        metrics.landmarks = error
        return metrics
      }
    }

    let reenactor = Reenactor(model, of: .a, target: faces[0], driver: faces[1])
    let driven = places.map { faces[1][$0] }
    let poses = places.map { faces[0][$0].pose }
    let shapes = zip(poses, driven).map { reenactor.landmarks(at: $0, drivenBy: $1) }
    /// The faces in their frames, with or without the colors and sharpness matched.
    func finished(_ made: SwappedFaces, isMatched: Bool) -> Tensor {
      var insertion = FaceInsertion()
      if !isMatched { (insertion.colorTransfer, insertion.sharpening) = (.none, 0) }
      return Crop.faces(
        of: ThreadPool.map(places.count) { [insertion] index in
          var picture = targets[index].crop
          let spot = FaceSpot(
            cropOfWidth: picture.width, height: picture.height, landmarks: targets[index].landmarks)
          if let patch = insertion.patch(
            made, originals: originals, at: index, spot: spot, into: picture)
          {
            picture.paste(patch.after, x: patch.x, y: patch.y)
          }
          return picture
        })
    }
    let warped = ThreadPool.map(places.count) { index in
      targets[index].crop.warped(from: targets[index].landmarks, to: shapes[index])
    }
    return [
      ("left as it was", originals),
      ("warped to the driver's landmarks", Crop.faces(of: warped)),
      (
        "swapped: the driver's face by the target's decoder",
        finished(model.swapped(Crop.faces(of: drivers.map(\.crop)), to: .a), isMatched: true)
      ),
      (
        "decoded by the target's decoder, without the frame's detail",
        finished(reenactor.decoded(at: poses, drivenBy: driven), isMatched: true)
      ),
      (
        "reenacted",
        finished(
          reenactor.faces(
            of: targets.map(\.crop), landmarks: targets.map(\.landmarks), drivenBy: driven),
          isMatched: false)
      ),
    ].map { ($0.0, metrics($0.1)) }
  }

  private func trained(on clips: [[RenderedFace]]) throws -> SwapModel {
    var settings = SwapSettings(.fast)
    (settings.seed, settings.warp.jitter) = (seed, ColorJitter(strength: 2))
    let faces = clips.map { clip in
      SwapFaces(
        training: clip.map(\.crop), heldOut: [clip[0].crop], landmarks: clip.map(\.landmarks))
    }
    let start = try SwapModel(reading: CheckpointFile(.swapBase))
    var trainer = SwapTrainer(settings, a: faces[0], b: faces[1], start: start)
    for step in 0..<iterations {
      _ = try trainer.step(progress: Double(step) / Double(iterations))
    }
    // What is used are the averaged weights.
    trainer.withUsedWeights { trainer in
      for (own, used) in zip(start.parameters, trainer.model.parameters) {
        own.parameter.plain = used.parameter.plain
      }
    }
    return start
  }
}

/// A person in a clip, whose expressions are as strong as those of portraits.
private struct Performer: Sendable {
  private let clip, portraits: SceneSource

  init(seed: UInt64, person: Int) {
    let poses = PoseRange(degrees: 20, 10, 8)
    clip = SceneSource(seed: seed, person: person, kind: .sequence, poses: poses)
    portraits = SceneSource(seed: seed, person: person, kind: .portraits, poses: poses)
  }

  func scene(_ frame: Int) -> Scene {
    var scene = clip.scene(frame)
    scene.expression = portraits.scene(frame).expression
    return scene
  }
}

/// A rendered frame, aligned as in a face set.
private struct RenderedFace: Sendable {
  /// The aligned crop, 256×256.
  let crop: Image
  /// The landmarks in it.
  let landmarks: [SIMD2<Float>]
  /// The face's mask in it, 0…255; empty unless it was asked for.
  private(set) var mask: [UInt8] = []
  private let alignment: FaceAlignment

  init(_ scene: Scene) {
    let portrait = scene.rendered(side: Crop.pictureSide)
    self.init(portrait, FaceAlignment(landmarks: portrait.landmarks.map(\.position)))
  }

  private init(_ portrait: Portrait, _ alignment: FaceAlignment) {
    self.alignment = alignment
    crop = alignment.picture(from: portrait.image)
    landmarks = alignment.place(portrait.landmarks.map(\.position))
  }

  /// Another scene in the same place of the same frame, without noise, with its mask.
  func truth(_ scene: Scene) -> RenderedFace {
    let portrait = scene.rendered(side: Crop.pictureSide, isClean: true)
    var face = RenderedFace(portrait, alignment)
    let mask = alignment.picture(
      from: Image(
        width: Crop.pictureSide, height: Crop.pictureSide,
        pixels: portrait.mask.flatMap { repeatElement($0, count: 3) }))
    face.mask = stride(from: 0, to: mask.pixels.count, by: 3).map { mask.pixels[$0] }
    return face
  }
}
