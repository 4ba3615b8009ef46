import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct AutoencoderTrainerTests {
  private var settings: AutoencoderSettings {
    var settings = AutoencoderSettings()
    (settings.iterations, settings.batch, settings.gan.warmup) = (60, 4, 4)
    return settings
  }

  @Test func eachAutoencoderLearnsInTurn() throws {
    var settings = settings
    (settings.iterations, settings.learningRate, settings.gan.warmup) = (90, 2e-3, 25)
    let picture = Image(width: 256, height: 256, filled: Color(200, 120, 60))
    var trainer = AutoencoderTrainer(settings, pictures: [picture])
    var steps: [AutoencoderTrainer.Step] = []
    for _ in 0..<90 { steps.append(try trainer.step()) }
    for kind in PictureAutoencoders.Upsampling.allCases {
      let own = steps.filter { $0.kind == kind }
      #expect(own.count == 30)
      #expect(own[..<25].allSatisfy { $0.adversarialLoss == nil })
      #expect(own[25...].allSatisfy { $0.adversarialLoss != nil })
      let (early, late) = (own[..<5], own[20..<25])
      #expect(
        late.reduce(0) { $0 + $1.error } < 0.5 * early.reduce(0) { $0 + $1.error },
        "\(kind): \(own.map(\.error))")
    }
  }

  @Test func aResumedRunEndsWithTheSameBits() throws {
    let folder = try TemporaryFolder()
    let pictures = gradientPictures(3, seed: 4)
    var whole = AutoencoderTrainer(settings, pictures: pictures)
    for _ in 0..<18 { _ = try whole.step() }
    var first = AutoencoderTrainer(settings, pictures: pictures)
    for _ in 0..<14 { _ = try first.step() }
    try first.save(to: "\(folder.path)/latest", by: "test")
    var second = AutoencoderTrainer(settings, pictures: pictures)
    try second.restore(from: "\(folder.path)/latest")
    #expect(second.iteration == 14)
    for _ in 0..<4 { _ = try second.step() }
    for (one, other) in zip(whole.model.parameters, second.model.parameters) {
      #expect(one.parameter.plain == other.parameter.plain, "\(one.name)")
    }
    var others = settings
    others.seed = 2
    var stranger = AutoencoderTrainer(others, pictures: pictures)
    #expect(throws: EngineError.self) { try stranger.restore(from: "\(folder.path)/latest") }
  }

  @Test func aSavedModelIsReadAndOtherFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/best.safetensors"
    let trainer = AutoencoderTrainer(settings, pictures: gradientPictures(1, seed: 5))
    try trainer.saveModel(to: path, by: "test")
    #expect(PictureAutoencoders.isThere(at: path))
    let read = try PictureAutoencoders(reading: CheckpointFile(path))
    let picture = Tensor(of: gradientPictures(1, seed: 6)[0])
    for kind in PictureAutoencoders.Upsampling.allCases {
      let made = read.reconstruct(picture, by: kind)
      #expect(made.shape == picture.shape && made == trainer.model.reconstruct(picture, by: kind))
    }
    #expect(!PictureAutoencoders.isThere(at: "\(folder.path)/none"))
    #expect(throws: EngineError.self) {
      try PictureAutoencoders(reading: CheckpointFile(.imageNetLite0))
    }
  }

  @Test func theEmbeddedAutoencodersRenderFaces() {
    let picture = Tensor(of: gradientPictures(1, seed: 7)[0])
    for kind in PictureAutoencoders.Upsampling.allCases {
      let quality = ImageQuality(
        of: PictureAutoencoders.carried.reconstruct(picture, by: kind), against: picture)
      #expect(quality.psnr > 18, "\(kind): \(quality.psnr) dB")
    }
  }
}
