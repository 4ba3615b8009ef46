import Engine
import Faces
import Foundation
import Media
import Testing

@testable import Generation

@Suite struct ForgerTests {
  private let forger = tinyForger()
  private let everyone = Array(0..<7)

  @Test(arguments: ForgeryMethod.all)
  func outsideOfTheMaskNothingChanges(method: ForgeryMethod) throws {
    // Whole pictures have no outside.
    let forger = tinyForger { $0[.reconstruct, as: PictureReconstruction.self].whole = 0 }
    for number in 0..<8 {
      let face = number % 4
      let forgery = try #require(
        forger.forgery(
          method, of: face, donors: everyone, randomness: RandomSource(seed: 1).split(number)))
      let (own, made) = (forger.faces[face].image.pixels, forgery.image.pixels)
      var (outside, stray, changed) = (0, 0, 0)
      for pixel in forgery.mask.values.indices {
        let isSame = own[pixel * 3..<pixel * 3 + 3] == made[pixel * 3..<pixel * 3 + 3]
        if forgery.mask.values[pixel] == 0 {
          outside += 1
          stray += isSame ? 0 : 1
        } else if !isSame {
          changed += 1
        }
      }
      #expect(stray == 0 && outside > 65536 / 4, "\(stray) of \(outside) pixels outside changed")
      #expect(changed > 1000, "\(changed) pixels changed")
      // The frame around the face is nobody's business.
      let frame = (0..<256).flatMap {
        [forgery.mask[x: $0, y: 255], forgery.mask[x: 0, y: $0], forgery.mask[x: 255, y: $0]]
      }
      #expect(frame.allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: ForgeryMethod.all)
  func theSameChanceGivesTheSamePictureOnAnyNumberOfThreads(method: ForgeryMethod) {
    func made(threads: Int) -> [Forgery?] {
      ThreadPool.with(threads: threads) {
        ThreadPool.map(6) { number in
          forger.forgery(
            method, of: number % 4, donors: everyone,
            randomness: RandomSource(seed: 2).split(number))
        }
      }
    }
    let alone = made(threads: 1)
    #expect(alone == made(threads: 3))
    #expect(alone.allSatisfy { $0 != nil })
    let direct = forger.forgery(
      method, of: 0, donors: everyone, randomness: RandomSource(seed: 2).split(0))
    #expect(direct == alone[0])
  }

  @Test(arguments: ForgeryMethod.all)
  func otherChanceGivesAnotherPicture(method: ForgeryMethod) {
    let pictures = (0..<4).map {
      forger.forgery(method, of: 1, donors: everyone, randomness: RandomSource(seed: 3).split($0))
    }
    #expect(Set(pictures.map { $0?.image.pixels }).count == 4)
  }

  @Test func whatCannotBeDoneSaysWhy() {
    func why(_ method: ForgeryMethod, _ face: Int, _ donors: [Int]) -> ForgeryFailure? {
      #expect(
        (forger.obstacle(to: method, of: face, donors: donors) == nil)
          == (forger.forgery(
            method, of: face, donors: donors, randomness: RandomSource(seed: 1)) != nil))
      return forger.obstacle(to: method, of: face, donors: donors)
    }
    for method in [ForgeryMethod.sbi, .xray, .warp] {
      #expect(why(method, 6, everyone) == .noLandmarks(method))
    }
    #expect(why(.upsample, 6, []) == nil)
    #expect(why(.swap, 4, everyone) == .noModel(.swap, identity: "person 2"))
    #expect(why(.latent, 4, everyone) == .noModel(.latent, identity: "person 2"))
    #expect(why(.xray, 0, [0, 1, 6]) == .noDonor(.xray, identity: "person 0"))
    #expect(why(.xray, 0, []) == .noDonor(.xray, identity: "person 0"))
    #expect(why(.xray, 0, [4]) == nil)
    let sentences = [
      ForgeryFailure.noLandmarks(.sbi), .noModel(.swap, identity: "x"),
      .noDonor(.xray, identity: "x"),
    ].map(\.description)
    #expect(sentences.allSatisfy { $0.contains("dflab") || $0.contains("face set") })
  }

  @Test func withoutLandmarksAModelsFaceIsAnEllipse() throws {
    let faces = [
      RealFace(image: forger.faces[0].image, landmarks: nil, identity: "person 0", clip: "")
    ]
    let plain = Forger(faces: faces, models: forger.models)
    for number in 0..<4 {
      let forgery = try #require(
        plain.forgery(.swap, of: 0, donors: [], randomness: RandomSource(seed: 1).split(number)))
      #expect(forgery.parameters["mask"] == .word("ellipse"))
    }
  }

  @Test func strengthsSurviveJSON() throws {
    var strengths = ForgeryStrengths()
    strengths[.sbi, as: SelfBlending.self].ratios = [0.5]
    strengths[.xray, as: FaceExchange.self].edge.drawnIn = StrengthRange(3, 9)
    let read = try JSONDecoder().decode(
      ForgeryStrengths.self, from: try JSONEncoder().encode(strengths))
    #expect(read == strengths && read != ForgeryStrengths())
  }
}
