import Engine
import Faces
import Foundation
import Media
import Testing

@testable import Generation

@Suite struct MethodTests {
  private let everyone = Array(0..<7)

  private func forgeries(
    _ method: ForgeryMethod, of face: Int = 0, count: Int = 40,
    _ change: (inout ForgeryStrengths) -> Void = { _ in }
  ) throws -> [Forgery] {
    let forger = tinyForger(change)
    return try (0..<count).map {
      try #require(
        forger.forgery(
          method, of: face, donors: everyone, randomness: RandomSource(seed: 4).split($0)))
    }
  }

  @Test func aDonorIsAnotherPersonAndTheNearest() throws {
    let forger = tinyForger()
    for forgery in try forgeries(.xray, of: 2) {
      let donor = try #require(forgery.donor)
      #expect(forger.faces[donor].identity != "person 1")
      #expect(forgery.identity == forger.faces[donor].identity)
      #expect(forgery.parameters["donor"] == .word(forger.faces[donor].identity))
      func distance(_ number: Int) -> Float {
        let places = [2, number].map { face -> [SIMD2<Float>] in
          let landmarks = forger.faces[face].landmarks ?? []
          return FaceAlignment(landmarks: landmarks).place(landmarks)
        }
        return zip(places[0], places[1]).reduce(0) { $0 + (($1.0 - $1.1) * ($1.0 - $1.1)).sum() }
      }
      #expect([0, 1, 4, 5].allSatisfy { distance(donor) <= distance($0) })
    }
  }

  @Test func theBoundaryIsWhereBothPicturesShow() throws {
    for forgery in try forgeries(.xray, count: 6) {
      let boundary = try #require(forgery.boundary)
      let bytes = forgery.mask.values.map { UInt8((4 * $0 * (1 - $0) * 255).rounded()) }
      #expect(boundary == GrayImage(width: 256, height: 256, values: bytes))
      #expect(bytes.max() ?? 0 > 230)
      #expect(bytes[0] == 0 && bytes[135 * 256 + 128] == 0)
      #expect(forgery.mask.values.contains(0) && forgery.mask[x: 128, y: 135] > 0.999)
    }
    #expect(try forgeries(.sbi, count: 3).allSatisfy { $0.boundary == nil && $0.donor == nil })
  }

  @Test func selfBlendedImagesShowTheirPublishedRatios() throws {
    let made = try forgeries(.sbi, count: 120)
    let ratios = try made.map { forgery -> Double in
      guard case .number(let ratio)? = forgery.parameters["ratio"] else {
        throw CocoaError(.coderInvalidValue)
      }
      #expect(abs(Double(forgery.mask.values.max() ?? 0) - ratio) < 1e-3)
      return ratio
    }
    #expect(Set(ratios) == [0.25, 0.5, 0.75, 1])
    #expect(abs(Double(ratios.count { $0 == 1 }) / 120 - 0.5) < 0.15)
    let foreheads = made.count { $0.parameters["forehead"] == .boolean(true) }
    #expect(abs(Double(foreheads) / 120 - 0.75) < 0.15)
    #expect(made.contains { $0.parameters["detail"] == .word("coarser") })
    #expect(made.contains { $0.parameters["detail"] == .word("sharper") })
  }

  @Test func selfBlendingLeavesTheMeanColorWhereItIs() throws {
    let forger = tinyForger()
    func mean(_ image: Image) -> Double {
      Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
    }
    let changes = try forgeries(.sbi, count: 60).map {
      mean($0.image) - mean(forger.faces[0].image)
    }
    let average = changes.reduce(0, +) / 60
    #expect(abs(average) < 1.5, "\(average) levels")
    #expect(changes.contains { $0 > 0 } && changes.contains { $0 < 0 })
  }

  @Test func aReenactedMouthLeavesEyesAndForeheadAlone() throws {
    let made = try forgeries(.reenact, count: 24) {
      $0[.reenact, as: FacialReenactment.self].regions = [.mouth, .lower]
      $0[.reenact, as: FacialReenactment.self].model = 0
    }
    for forgery in made {
      let rows = (0..<256).filter { row in (0..<256).contains { forgery.mask[x: $0, y: row] > 0 } }
      #expect(rows.first ?? 0 > 75 && rows.last ?? 256 < 235, "rows \(rows.first ?? -1)…")
      #expect(forgery.mask.values.max() ?? 0 > 0.9)
    }
    #expect(Set(made.map { $0.parameters["texture"] }).count == 4)
  }

  @Test func anExpressionIsThatOfAnotherFrameOfTheClipOrOwn() throws {
    // The faces 0 and 1 are frames of one clip.
    func made(_ share: Double, of face: Int) throws -> [Forgery] {
      try forgeries(.reenact, of: face, count: 6) {
        $0[.reenact, as: FacialReenactment.self].otherFrame = share
        $0[.reenact, as: FacialReenactment.self].model = 0
      }
    }
    #expect(try made(1, of: 0).allSatisfy { $0.parameters["expression"] == .word("frame") })
    for forgery in try made(0, of: 0) {
      #expect(forgery.parameters["expression"] == .word("warp"))
      guard case .number(let moved)? = forgery.parameters["moved"] else {
        Issue.record("no motion")
        continue
      }
      // 4 to 16 % of the distance between the eyes' outer corners, which is about 93 pixels.
      #expect((3...18).contains(moved), "\(moved) pixels")
    }
  }

  @Test func aModelOfTheIdentityMakesTheExpressionOfItsOtherIdentity() throws {
    let made = try forgeries(.reenact, of: 2, count: 12) {
      $0[.reenact, as: FacialReenactment.self].model = 1
    }
    let faces = tinyForger().faces
    for forgery in made {
      #expect(forgery.parameters["expression"] == .word("model"))
      #expect(forgery.parameters["driver"] == .word("person 0"))
      #expect(forgery.parameters["texture"] == nil && forgery.identity == nil)
      #expect(faces[try #require(forgery.donor)].identity == "person 0")
      // Nothing outside of what the decoder shows.
      #expect(forgery.mask[x: 128, y: 215] == 0)
    }
    // Nobody else has a model.
    #expect(
      try forgeries(.reenact, of: 4, count: 4) {
        $0[.reenact, as: FacialReenactment.self].model = 1
      }.allSatisfy { $0.parameters["model"] == nil })
  }

  @Test func aMouthComesFromAnotherPictureOfTheIdentityAndLeavesTheEyesAlone() throws {
    let made = try forgeries(.mouth, count: 24)
    for forgery in made {
      let rows = (0..<256).filter { row in (0..<256).contains { forgery.mask[x: $0, y: row] > 0 } }
      #expect(rows.first ?? 0 > 75 && rows.last ?? 256 < 235, "rows \(rows.first ?? -1)…")
      #expect(forgery.mask.values.max() ?? 0 > 0.9 && forgery.identity == nil)
      #expect(forgery.donor == 1 && forgery.parameters["expression"] == .word("frame"))
    }
    #expect(Set(made.map { $0.parameters["region"] }) == [.word("mouth"), .word("lower")])
    #expect(Set(made.map { $0.parameters["color"] }).count == 4)
    // The seventh picture, the only other one of its identity, has no landmarks.
    let alone = Forger(faces: [tinyForger().faces[4]])
    let own = try #require(
      alone.forgery(.mouth, of: 0, donors: [], randomness: RandomSource(seed: 2)))
    #expect(own.parameters["expression"] == .word("warp") && own.donor == nil)
  }

  @Test func aTransferredMouthIsTheOtherOneWhereItBelongs() throws {
    // A face with a black mouth, and one with a white mouth 10 pixels farther to the right.
    let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }
    func face(_ mouth: UInt8, shift: Float, frame: Int) -> RealFace {
      let points = landmarks.map { $0 + SIMD2(shift, 0) }
      let plane = FaceRegion(landmarks: points, .mouth, includesForehead: false).plane
      let skin = Image(width: 256, height: 256, filled: Color(gray: 150))
      let lips = Image(width: 256, height: 256, filled: Color(gray: mouth))
      return RealFace(
        image: skin.mixed(with: lips, by: plane), landmarks: points, identity: "p", clip: "c",
        frame: frame)
    }
    var strengths = ForgeryStrengths()
    strengths[.mouth, as: MouthTransfer.self].colors = [.none]
    let forger = Forger(
      faces: [face(0, shift: 0, frame: 0), face(255, shift: 10, frame: 1)], strengths: strengths)
    for number in 0..<6 {
      let made = try #require(
        forger.forgery(.mouth, of: 0, donors: [], randomness: RandomSource(seed: 1).split(number)))
      let center = landmarks[48..<60].reduce(.zero, +) / 12
      #expect(made.image[x: Int(center.x), y: Int(center.y)].green > 250)
      #expect(made.image[x: Int(center.x), y: 80] == Color(gray: 150))
    }
  }

  @Test func mouthsOfNothingAreRefused() {
    var method = MouthTransfer()
    #expect(method.fault(at: "strengths.mouth") == nil)
    method.candidates = 0
    #expect(
      method.fault(at: "strengths.mouth")
        == "'strengths.mouth.candidates' must be 1 or more, not 0")
    method.regions = []
    #expect(method.fault(at: "strengths.mouth") == "'strengths.mouth.regions' must not be empty")
  }

  @Test func aReconstructionKeepsThePictureAndLosesItsFineDetail() throws {
    let whole = try forgeries(.reconstruct, count: 6) {
      $0[.reconstruct, as: PictureReconstruction.self].whole = 1
      $0[.reconstruct, as: PictureReconstruction.self].sides = [256]
    }
    let own = tinyForger().faces[0].image
    for forgery in whole {
      #expect(forgery.parameters["region"] == .word("picture"))
      #expect(forgery.mask.values.allSatisfy { $0 == 1 })
      let differences = zip(forgery.image.pixels, own.pixels).map { abs(Int($0) - Int($1)) }
      let mean = Double(differences.reduce(0, +)) / Double(differences.count)
      #expect(mean > 1 && mean < 20, "a mean difference of \(mean) levels")
      let shades = zip(
        forgery.image.resized(width: 4, height: 4, filter: .area).pixels,
        own.resized(width: 4, height: 4, filter: .area).pixels)
      #expect(shades.allSatisfy { abs(Int($0) - Int($1)) <= 10 })
    }
    let part = try forgeries(.reconstruct, count: 12) {
      $0[.reconstruct, as: PictureReconstruction.self].whole = 0
      $0[.reconstruct, as: PictureReconstruction.self].regions = [.lower]
    }
    #expect(part.allSatisfy { $0.mask[x: 128, y: 40] == 0 && $0.mask[x: 128, y: 165] > 0.5 })
    #expect(Set(part.map { $0.parameters["upsampling"] }).count == 3)
  }

  @Test func picturesOfImpossibleSidesAreRefused() {
    var method = PictureReconstruction()
    method.sides = [100]
    #expect(
      method.fault(at: "strengths.reconstruct")
        == "'strengths.reconstruct.sides' must be multiples of 8 from 64 to 1024, not 100")
    method.sides = []
    #expect(
      method.fault(at: "strengths.reconstruct")
        == "'strengths.reconstruct.sides' must not be empty")
  }

  @Test(arguments: FaceShape.allCases)
  func everyShapeIsWithinTheFace(shape: FaceShape) throws {
    let landmarks = try #require(tinyForger().faces[0].landmarks)
    let whole = FaceRegion(landmarks: landmarks, includesForehead: true).plane
    let part = FaceRegion(landmarks: landmarks, shape, includesForehead: true).plane
    let area = part.values.reduce(0, +)
    #expect(area > 1000 && area <= whole.values.reduce(0, +))
    let outside = zip(part.values, whole.values).count { $0 > 0.5 && $1 == 0 }
    #expect(Float(outside) < 0.02 * area, "\(outside) of \(area)")
  }

  @Test func aSelfBlendOfAPartSaysWhich() throws {
    let made = try forgeries(.sbi, count: 24) {
      $0[.sbi, as: SelfBlending.self].shapes = [.face, .lower]
    }
    let lower = made.filter { $0.parameters["region"] == .word("lower") }
    #expect((4...20).contains(lower.count))
    #expect(lower.allSatisfy { $0.mask[x: 128, y: 70] == 0 })
    #expect(try forgeries(.sbi, count: 4).allSatisfy { $0.parameters["region"] == nil })
  }

  @Test func aWarpedFaceHasLostItsDetail() throws {
    let forger = tinyForger()
    for forgery in try forgeries(.warp, count: 8) {
      let (own, made) = (roughness(forger.faces[0].image), roughness(forgery.image))
      #expect(made < own / 4, "\(made) of \(own)")
    }
  }

  /// The mean square of steps from pixel to pixel in the middle of the face.
  private func roughness(_ image: Image) -> Double {
    var sum = 0.0
    for y in 110..<150 {
      for x in 110..<150 {
        let step = Double(image[x: x + 1, y: y].green) - Double(image[x: x, y: y].green)
        sum += step * step
      }
    }
    return sum
  }

  @Test(arguments: [SpectralGrid.Kind.zeros, .transposed], [2, 4])
  func upsamplingLeavesAGridInTheSpectrum(kind: SpectralGrid.Kind, factor: Int) throws {
    let made = try forgeries(.upsample, count: 4) {
      $0[.upsample, as: SpectralGrid.self].kinds = [kind]
      $0[.upsample, as: SpectralGrid.self].factors = [factor]
      $0[.upsample, as: SpectralGrid.self].strength = StrengthRange(0.03, 0.03)
      $0[.upsample, as: SpectralGrid.self].detail = StrengthRange(0.9, 0.9)
    }
    let own = tinyForger().faces[0].image
    for forgery in made {
      #expect(forgery.parameters["kind"] == .word(kind.rawValue))
      #expect(forgery.parameters["factor"] == .number(Double(factor)))
      #expect(combs(forgery.image, own, period: factor) > 4)
    }
  }

  @Test(arguments: [2, 4])
  func repeatedPixelsLeaveStepsBetweenBlocks(factor: Int) throws {
    for forgery in try forgeries(
      .upsample, count: 4,
      {
        $0[.upsample, as: SpectralGrid.self].kinds = [.nearest]
        $0[.upsample, as: SpectralGrid.self].factors = [factor]
        $0[.upsample, as: SpectralGrid.self].detail = StrengthRange(0.3, 0.3)
      })
    {
      var (within, between) = (0.0, 0.0)
      for y in 112..<144 {
        for x in 112..<144 {
          let step = abs(
            Double(forgery.image[x: x, y: y].green) - Double(forgery.image[x: x - 1, y: y].green))
          if x % factor == 0 { between += step } else { within += step / Double(factor - 1) }
        }
      }
      #expect(between > 1.5 * within)
    }
  }

  /// How much more the change has where a grid of this period lies than beside it.
  private func combs(_ image: Image, _ own: Image, period: Int) -> Double {
    let side = 48
    func power(_ u: Double, _ v: Double) -> Double {
      var (real, imaginary) = (0.0, 0.0)
      for y in 0..<side {
        for x in 0..<side {
          let (column, row) = (104 + x, 112 + y)
          let value =
            Double(image[x: column, y: row].green)
            - Double(own[x: column, y: row].green)
          // Hann's window, so that the gradients of the picture stay where they are.
          let across = 1 - cos(2 * Double.pi * (Double(x) + 0.5) / Double(side))
          let down = 1 - cos(2 * Double.pi * (Double(y) + 0.5) / Double(side))
          let window = across * down
          let angle = 2 * Double.pi * (u * Double(x) + v * Double(y))
          real += window * value * cos(angle)
          imaginary += window * value * sin(angle)
        }
      }
      return real * real + imaginary * imaginary
    }
    let frequency = 1 / Double(period)
    let grid = [(frequency, 0.0), (0.0, frequency), (frequency, frequency)]
    var (peaks, beside) = (0.0, 0.0)
    for (u, v) in grid {
      peaks += power(u, v)
      for offset in [-0.11, -0.07, 0.09] { beside += power(u + offset, v + 0.8 * offset) / 3 }
    }
    return peaks / beside
  }

  @Test func aModelThatKnowsThePersonMaySwapReconstructAndPerturb() throws {
    let swaps = try forgeries(.swap, of: 2, count: 30)
    #expect(swaps.allSatisfy { $0.parameters["to"] == .word("a") && $0.identity == "person 0" })
    #expect(swaps.allSatisfy { $0.parameters["model"] == .word("tiny") })
    #expect(Set(swaps.compactMap { $0.parameters["color"].map { "\($0)" } }).count == 4)
    #expect(Set(swaps.compactMap { $0.parameters["mask"].map { "\($0)" } }).count == 2)
    #expect(Set(swaps.compactMap { $0.parameters["blend"].map { "\($0)" } }).count == 2)
    let codes = try forgeries(.latent, of: 2, count: 30)
    #expect(Set(codes.map(\.identity)) == ["person 0", "person 1"])
    let own = try forgeries(.upsample, of: 2, count: 3) {
      $0[.upsample, as: SpectralGrid.self].kinds = [.autoencoder]
    }
    #expect(own.allSatisfy { $0.identity == "person 1" })
  }

  @Test func aModelsOwnMaskIsTakenWhereItMakesOne() throws {
    let face = tinyForger().faces[0]
    func masks(hasMask: Bool, _ shapes: [MaskShape]) throws -> [Forgery] {
      let model = SwapModel(tinyTrees(RandomSource(seed: 3), hasMask: hasMask))
      var strengths = ForgeryStrengths()
      strengths[.swap, as: SwapForgery.self].placing.masks = shapes
      let forger = Forger(
        faces: [face],
        models: [ForgeryModel(model, name: "m", identityA: "person 0", identityB: "other")],
        strengths: strengths)
      return try (0..<6).map {
        try #require(
          forger.forgery(.swap, of: 0, donors: [], randomness: RandomSource(seed: 1).split($0)))
      }
    }
    let own = try masks(hasMask: true, [.learned])
    #expect(own.allSatisfy { $0.parameters["mask"] == .word("learned") })
    #expect(Set(own.map { $0.mask.values }).count == 1 && own[0].mask[x: 20, y: 20] == 0)
    let without = try masks(hasMask: false, [.learned])
    #expect(without.allSatisfy { $0.parameters["mask"] == .word("ellipse") })
    let square = try masks(hasMask: true, [.none])[0].mask
    #expect(square[x: 48, y: 207] == 1 && square[x: 47, y: 128] == 0 && square[x: 208, y: 128] == 0)
  }

  @Test func perturbedCodesDependOnTheirStrength() throws {
    func distance(_ strength: Double) throws -> Int {
      let made = try forgeries(.latent, of: 2, count: 1) {
        $0[.latent, as: PerturbedLatent.self].noise = StrengthRange(strength, strength)
        $0[.latent, as: PerturbedLatent.self].other = 0
      }
      let plain = try forgeries(.latent, of: 2, count: 1) {
        $0[.latent, as: PerturbedLatent.self].noise = StrengthRange(0, 0)
        $0[.latent, as: PerturbedLatent.self].other = 0
      }
      return zip(made[0].image.pixels, plain[0].image.pixels).reduce(0) {
        $0 + abs(Int($1.0) - Int($1.1))
      }
    }
    #expect(try distance(0.2) > 0)
    #expect(try distance(1) > distance(0.2))
  }
}
