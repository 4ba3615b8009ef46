import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection
@testable import Faces
@testable import Synthesis

/// Rendered faces with lids that are known.
private let rendered: [EyePicture] = {
  let sources = (0..<6).map {
    SceneSource(seed: 90, person: $0, kind: .portraits, poses: PoseRange(degrees: 25, 12, 8))
  }
  return ThreadPool.map(48) { index in
    var scene = sources[index % 6].scene(index)
    let lid: Float = index % 2 == 0 ? 0 : 1
    (scene.expression.lidLeft, scene.expression.lidRight) = (lid, lid)
    let portrait = scene.rendered(side: 256)
    return EyePicture(
      image: portrait.image, landmarks: portrait.landmarks.map(\.position), scene: scene)
  }
}()

@Suite struct EyeNetworkTests {
  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)-\(name)"
  }

  @Test func hasTheDocumentedParameters() {
    let count = EyeNetwork(randomness: RandomSource(seed: 1)).parameters.reduce(0) {
      $0 + $1.parameter.plain.count
    }
    #expect(count == 25_105)
  }

  /// People whom the embedded network has not seen.
  @Test func theEmbeddedNetworkTellsClosedFromOpenEyes() {
    for (index, picture) in rendered.enumerated() {
      let told = picture.closures(by: .carried).reduce(0) { $0 + $1 / 2 }
      let isClosed = index % 2 == 1
      #expect(isClosed ? told > 0.6 : told < 0.4, "\(index): \(told)")
    }
  }

  /// Exposure and contrast are not what it sees.
  @Test func brightnessDoesNotMatter() {
    let luma = rendered[0].image.luma
    let points = MeanFace.aligned.map { SIMD2<Float>($0) }
    let eye = EyeState.picture(of: 36, in: luma, points)
    let told = EyeNetwork.carried.closures(of: [eye, eye.map { 0.6 * $0 + 30 }])
    #expect(abs(told[0] - told[1]) < 1e-4)
    #expect(EyeNetwork.carried.closures(of: []).isEmpty)
    // A flat picture is no division by zero.
    #expect(EyeNetwork.carried.closures(of: [[Float](repeating: 0, count: 960)])[0].isFinite)
  }

  @Test func anEyeOnTheRightIsMirrored() {
    let side = 64
    let values = (0..<side * side).map { Float($0 % side) }
    let ramp = Plane(width: side, height: side, values: values)
    var points = [SIMD2<Float>](repeating: .zero, count: 68)
    (points[36], points[39]) = (SIMD2(12, 32), SIMD2(32, 32))
    (points[42], points[45]) = (SIMD2(12, 32), SIMD2(32, 32))
    let (left, right) = (
      EyeState.picture(of: 36, in: ramp, points), EyeState.picture(of: 42, in: ramp, points)
    )
    let row = Array(left.prefix(EyeNetwork.width))
    #expect(row == row.sorted() && row.first != row.last)
    #expect(Array(right.prefix(EyeNetwork.width)) == row.reversed())
  }

  @Test func aResumedTrainingEndsWithTheSameBits() throws {
    var settings = EyeSettings()
    (settings.iterations, settings.batch) = (4, 8)
    func trainer() throws -> EyeTrainer {
      try #require(EyeTrainer(settings, pictures: rendered))
    }
    var whole = try trainer()
    for _ in 0..<4 { _ = try whole.step() }
    var first = try trainer()
    for _ in 0..<2 { _ = try first.step() }
    let (state, model) = (temporary("state"), temporary("model"))
    defer { for path in [state, model] { try? FileManager.default.removeItem(atPath: path) } }
    try first.save(to: state, by: "test")
    var second = try trainer()
    try second.restore(from: state)
    for _ in 0..<2 { _ = try second.step() }
    #expect(second.iteration == 4)
    try second.saveModel(to: model, by: "test")
    #expect(EyeNetwork.isThere(at: model) && !EyeNetwork.isThere(at: state))
    let read = try EyeNetwork(reading: CheckpointFile(model))
    for (a, b) in zip(whole.network.parameters, read.parameters) {
      #expect(a.parameter.plain.values == b.parameter.plain.values, "\(a.name)")
    }
    #expect(throws: EngineError.self) { try EyeNetwork(reading: CheckpointFile(state)) }
    settings.seed = 2
    var other = try trainer()
    #expect(throws: EngineError.self) { try other.restore(from: state) }
  }

  @Test func learnsFromRenderedEyes() throws {
    var settings = EyeSettings()
    (settings.iterations, settings.batch) = (60, 32)
    var trainer = try #require(EyeTrainer(settings, pictures: rendered))
    let losses = try (0..<60).map { _ in try trainer.step() }
    let (first, last) = (losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +))
    #expect(last < 0.5 * first, "\(losses)")
  }

  @Test func openEyesAloneTeachNothing() {
    let open = rendered.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    #expect(EyeTrainer(EyeSettings(), pictures: open) == nil)
  }
}
