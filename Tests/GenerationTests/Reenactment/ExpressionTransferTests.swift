import Engine
import Faces
import Media
import Testing

@testable import Generation

@Suite struct ExpressionTransferTests {
  private let slopes = [SIMD3<Float>(2, -1, 0.5), SIMD3(0, 3, 1)]

  private func traits(_ yaw: Float, _ pitch: Float = 0, gap: Float = 0) -> ExpressionTransfer.Traits
  {
    var pose = Pose()
    (pose.yaw, pose.pitch) = (yaw, pitch)
    return ExpressionTransfer.Traits(pose: pose, gap: gap)
  }

  /// What describes somebody with an expression; the mouth's gap shows in both numbers.
  private func values(
    _ person: [Float], _ traits: ExpressionTransfer.Traits, smile: Float
  ) -> [Float] {
    let pose = SIMD3(traits.pose.yaw, traits.pose.pitch, traits.pose.roll)
    return person.indices.map { index in
      person[index] + (slopes[index] * pose).sum() + 4 * traits.gap + (index == 0 ? smile : -smile)
    }
  }

  /// Every expression in every pose around one, so that none tells another.
  private func clip(_ person: [Float], around yaw: Float, gap: Float) -> ExpressionTransfer.Clip {
    [-0.3, 0, 0.3].flatMap { (turn: Float) in
      [-0.2, 0.2].flatMap { (pitch: Float) in
        [-0.1, 0.1].flatMap { (more: Float) in
          [-1, 0, 1].map { (smile: Float) in
            let traits = traits(yaw + turn, pitch, gap: gap + more)
            return (values(person, traits, smile: smile), traits)
          }
        }
      }
    }
  }

  @Test func theExpressionGoesOverAndThePersonAndThePoseStay() {
    let (target, driver): ([Float], [Float]) = ([5, 7], [-3, 20])
    // The target's mouth is usually farther open than the driver's.
    let transfer = ExpressionTransfer(
      from: clip(driver, around: 0.2, gap: 0.1), to: clip(target, around: -0.1, gap: 0.3))
    let (here, there) = (traits(-0.3, 0.1, gap: 0.4), traits(0.4, -0.1, gap: 0.15))
    let made = transfer((values(driver, there, smile: 0.8), there), at: here.pose)
    let wanted = values(target, traits(-0.3, 0.1, gap: 0.15), smile: 0.8)
    for (made, wanted) in zip(made, wanted) {
      #expect(abs(made - wanted) < 0.02, "\(made), not \(wanted)")
    }
  }

  @Test func aClipThatDrivesItselfStaysAsItIs() {
    let own = clip([1, 2], around: 0, gap: 0.2)
    let transfer = ExpressionTransfer(from: own, to: own)
    for (values, traits) in own {
      for (made, value) in zip(transfer((values, traits), at: traits.pose), values) {
        #expect(abs(made - value) < 1e-5)
      }
    }
  }

  @Test func clipsWithoutMotionHaveNoSlopes() {
    let transfer = ExpressionTransfer(
      from: [([1], traits(0))], to: [([4], traits(0, gap: 0.5))])
    #expect(transfer(([1.5], traits(0)), at: traits(0.5).pose) == [4.5])
  }

  @Test func aClosedMouthHasNoGap() {
    var points = MeanFace.aligned.map { SIMD2<Float>($0) }
    for (upper, lower) in [(61, 67), (62, 66), (63, 65)] { points[lower] = points[upper] }
    #expect(ExpressionTransfer.Traits(landmarks: points).gap == 0)
    for lower in [65, 66, 67] { points[lower].y += 10 }
    let eyes = points[45].x - points[36].x
    #expect(abs(ExpressionTransfer.Traits(landmarks: points).gap - 10 / eyes) < 0.01)
  }

  @Test func aClipThatDrivesItselfKeepsItsFramesWithAllTheirDetail() throws {
    let model = SwapModel(tinyTrees(RandomSource(seed: 3)))
    let faces = tinyForger().faces.prefix(4)
    let pictures = faces.map(\.image)
    let landmarks = try faces.map { try #require($0.landmarks) }
    let driven = DrivenFace.faces(Crop.faces(of: pictures), landmarks: landmarks, by: model)
    let reenactor = Reenactor(model, of: .b, target: driven, driver: driven)
    let decoded = reenactor.decoded(at: driven.map(\.pose), drivenBy: driven).faces
    for (made, own) in zip(decoded.values, model.swap(Crop.faces(of: pictures), to: .b).values) {
      #expect(abs(made - own) < 1e-4)
    }
    let made = reenactor.faces(of: pictures, landmarks: landmarks, drivenBy: driven).faces
    #expect(made.shape == [4, 160, 160, 3])
    let values = made.values
    for (index, picture) in pictures.enumerated() {
      let own = picture.cropped(x: 48, y: 48, width: 160, height: 160).pixels
      for (place, level) in own.enumerated() {
        #expect(abs(values[index * own.count + place] * 255 - Float(level)) < 0.5)
      }
    }
  }

  @Test func anotherExpressionMovesTheDetailAlong() throws {
    let model = SwapModel(tinyTrees(RandomSource(seed: 3)))
    let face = tinyForger().faces[0]
    let landmarks = try #require(face.landmarks)
    // The mouth sinks by eight pixels in the second frame of a driver that is otherwise the same.
    let sunk = landmarks.enumerated().map { $0 < 48 ? $1 : $1 + SIMD2(0, 8) }
    let code = DrivenFace.faces(
      Crop.faces(of: [face.image]), landmarks: [landmarks], by: model)[0].code
    let drivers = [landmarks, sunk].map { DrivenFace(code: code, landmarks: $0) }
    let reenactor = Reenactor(model, of: .a, target: [drivers[0]], driver: [drivers[0]])
    let shape = reenactor.landmarks(at: drivers[0].pose, drivenBy: drivers[1])
    #expect(abs(shape[57].y - sunk[57].y) < 1 && abs(shape[30].y - landmarks[30].y) < 1)
    let made = reenactor.faces(of: [face.image], landmarks: [landmarks], drivenBy: [drivers[1]])
    let values = made.faces.values
    // Below the lower lip lies what was eight pixels above.
    let (x, y) = (Int(landmarks[57].x) - 48, Int(landmarks[57].y) + 8 - 48)
    var (moved, stayed): (Float, Float) = (0, 0)
    for dx in -8...8 {
      let own = values[(y * 160 + x + dx) * 3 + 1] * 255
      moved += abs(own - Float(face.image[x: x + dx + 48, y: y + 40].green))
      stayed += abs(own - Float(face.image[x: x + dx + 48, y: y + 48].green))
    }
    #expect(moved < stayed, "\(moved) and \(stayed)")
    // The eyes are where they were.
    let eye = (Int(landmarks[37].x) - 48, Int(landmarks[37].y) - 48)
    let level = Float(face.image[x: eye.0 + 48, y: eye.1 + 48].green)
    #expect(abs(values[(eye.1 * 160 + eye.0) * 3 + 1] * 255 - level) < 12)
  }

  @Test func facesBetweenTwoFramesAreMixed() throws {
    let face = DrivenFace(code: [1, 3], landmarks: [SIMD2<Float>](repeating: .zero, count: 68))
    let other = DrivenFace(code: [2, 7], landmarks: [SIMD2<Float>](repeating: [4, 2], count: 68))
    let mixed = face.mixed(with: other, share: 0.25)
    #expect(mixed.code == [1.25, 4] && mixed.landmarks[30] == [1, 0.5])
  }
}
