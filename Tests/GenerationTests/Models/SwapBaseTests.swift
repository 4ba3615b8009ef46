import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapBaseTests {
  /// Faces of two people in five scenes: a scene is a gradient, a person a color.
  private var pictures: [SwapBasePicture] {
    let people = [Color(220, 60, 40), Color(40, 90, 230)]
    return gradientPictures(5, seed: 3).enumerated().flatMap { scene, gradient in
      people.enumerated().map { person, color in
        let shades = [color.red, color.green, color.blue].map { Int($0) }
        let pixels = gradient.pixels.enumerated().map { at, value in
          UInt8((Int(value) + 3 * shades[at % 3]) / 4)
        }
        return SwapBasePicture(
          image: Image(width: 256, height: 256, pixels: pixels), person: person, scene: scene)
      }
    }
  }

  private var settings: SwapBaseSettings {
    var settings = SwapBaseSettings()
    (settings.iterations, settings.batch, settings.averageDecay) = (40, 4, 0.5)
    return settings
  }

  @Test func aModelOfOnePersonSwapsAsTheBaseDoes() {
    let base = SwapBase(people: 3, randomness: RandomSource(seed: 5))
    // Factors of either sign.
    var chance = RandomSource(seed: 6)
    for named in base.parameters where named.name.hasPrefix("factors") {
      let plain = named.parameter.plain
      named.parameter.plain = Tensor(
        shape: plain.shape, values: plain.values.map { $0 + Float(chance.uniform(-1...1)) })
    }
    let faces = Crop.faces(of: gradientPictures(2, seed: 7))
    let model = base.model(of: (a: 2, b: 0))
    for (side, person) in [(Side.a, 2), (.b, 0)] {
      let (own, other) = (
        model.swap(faces, to: side).values, base.swap(faces, to: [person, person]).values
      )
      #expect(zip(own, other).allSatisfy { abs($0 - $1) < 1e-5 }, "\(side)")
    }
    #expect(model.swap(faces, to: .a) != model.swap(faces, to: .b))
    let mean = base.model()
    #expect(mean.swap(faces, to: .a) == mean.swap(faces, to: .b))
  }

  @Test func aMaskIsAddedToAModel() {
    let base = SwapBase(people: 1, randomness: RandomSource(seed: 5)).model()
    let masked = base.withMask(.fast, randomness: RandomSource(seed: 6))
    let faces = Crop.faces(of: gradientPictures(2, seed: 7))
    #expect(masked.swapped(faces, to: .b).masks?.shape == [2, 64, 64, 1])
    #expect(masked.swap(faces, to: .b) == base.swap(faces, to: .b))
  }

  @Test func trainingTellsPeopleFromScenes() throws {
    var settings = settings
    (settings.iterations, settings.averageDecay) = (150, 0.9)
    settings.warp.jitter = ColorJitter()
    var trainer = SwapBaseTrainer(settings, pictures: pictures, people: 2)
    var losses: [Float] = []
    for _ in 0..<150 { losses.append(try trainer.step()) }
    #expect(losses[140...].reduce(0, +) < 0.5 * losses[..<10].reduce(0, +), "\(losses)")
    let own = pictures.filter { $0.person == 0 }
    let others = pictures.filter { $0.person == 1 }
    let truths = Crop.faces(of: others.map(\.image))
    trainer.withAverage { model in
      let inputs = Crop.faces(of: own.map(\.image))
      func distance(_ person: Int) -> Double {
        let made = model.swap(inputs, to: own.map { _ in person }).values
        return zip(made, truths.values).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
      }
      #expect(distance(1) < 0.4 * distance(0))
    }
  }

  @Test func aResumedRunEndsWithTheSameBits() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latest.safetensors")
    var whole = SwapBaseTrainer(settings, pictures: pictures, people: 2)
    for _ in 0..<5 { _ = try whole.step() }
    var first = SwapBaseTrainer(settings, pictures: pictures, people: 2)
    for _ in 0..<3 { _ = try first.step() }
    try first.save(to: path, by: "test")
    var second = SwapBaseTrainer(settings, pictures: pictures, people: 2)
    try second.restore(from: path)
    #expect(second.iteration == 3)
    for _ in 0..<2 { _ = try second.step() }
    let (one, other) = (folder.path("whole.safetensors"), folder.path("second.safetensors"))
    try whole.saveModel(to: one, by: "test")
    try second.saveModel(to: other, by: "test")
    #expect(try Data(contentsOf: URL(filePath: one)) == Data(contentsOf: URL(filePath: other)))

    var others = settings
    others.seed = 2
    var stranger = SwapBaseTrainer(others, pictures: pictures, people: 2)
    #expect(throws: EngineError.self) { try stranger.restore(from: path) }
    // The model is one that `swap` begins from.
    let model = try SwapModel(reading: one)
    let faces = Crop.faces(of: gradientPictures(1, seed: 8))
    #expect(model.swap(faces, to: .a) == whole.withAverage { $0.model().swap(faces, to: .b) })
  }
}
