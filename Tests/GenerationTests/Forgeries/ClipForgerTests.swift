import Engine
import Faces
import Foundation
import Media
import Testing

@testable import Generation

@Suite struct ClipForgerTests {
  private let forger = tinyForger()

  /// Frames that move to the right by a pixel each.
  private func clip(of face: Int, count: Int = 4) -> [RealFace] {
    (0..<count).map { number in
      var frame = forger.faces[face]
      let shift = SIMD2(Float(number), 0)
      frame.image = frame.image.warped(
        columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(-Double(number), 0),
        width: frame.image.width, height: frame.image.height)
      frame.landmarks = frame.landmarks?.map { $0 + shift }
      frame.frame = number
      return frame
    }
  }

  private func donor(for method: ForgeryMethod, count: Int = 4) -> [RealFace]? {
    method.needs.contains(.donor) ? clip(of: 2, count: count) : nil
  }

  @Test(arguments: ForgeryMethod.all)
  func everyMethodForgesAClip(method: ForgeryMethod) throws {
    let frames = clip(of: 0)
    let forged = try #require(
      ClipForger(forger, jitter: FrameJitter()).forgery(
        method, of: frames, donor: donor(for: method), randomness: RandomSource(seed: 3)))
    #expect(forged.frames.count == 4)
    for (own, made) in zip(frames, forged.frames) { #expect(own.image != made) }
    #expect(forged.identity == nil || forged.identity != frames[0].identity)
    for name in ["landmark_jitter", "shift_jitter", "shift_drift", "light_jitter"] {
      #expect(forged.parameters[name] != nil)
    }
    // The same chance gives the same clip, another one another.
    func again(_ seed: UInt64) -> ClipForgery? {
      ClipForger(forger, jitter: FrameJitter()).forgery(
        method, of: frames, donor: donor(for: method), randomness: RandomSource(seed: seed))
    }
    #expect(again(3) == forged && again(4) != forged)
  }

  @Test(arguments: ForgeryMethod.all)
  func aStillClipWithoutJitterIsForgedAlike(method: ForgeryMethod) throws {
    let still = [RealFace](repeating: clip(of: 0)[0], count: 3)
    let donor = donor(for: method).map { [RealFace](repeating: $0[0], count: 3) }
    let source = RandomSource(seed: 5)
    let forged = try #require(
      ClipForger(forger, jitter: .none).forgery(
        method, of: still, donor: donor, randomness: source))
    #expect(Set(forged.frames.map(\.pixels)).count == 1)
    let shaken = try #require(
      ClipForger(forger, jitter: FrameJitter()).forgery(
        method, of: still, donor: donor, randomness: source))
    #expect(Set(shaken.frames.map(\.pixels)).count > 1)
  }

  @Test func lightChangesTheForgedRegionAlone() throws {
    var jitter = FrameJitter.none
    jitter.light = StrengthRange(8, 8)
    let still = [RealFace](repeating: clip(of: 0)[0], count: 3)
    func frames(_ jitter: FrameJitter) throws -> [Image] {
      try #require(
        ClipForger(forger, jitter: jitter).forgery(
          .sbi, of: still, donor: nil, randomness: RandomSource(seed: 6))
      ).frames
    }
    let (plain, lit) = (try frames(.none), try frames(jitter))
    #expect(Set(plain.map(\.pixels)).count == 1 && Set(lit.map(\.pixels)).count == 3)
    for lit in lit {
      // The frame around the face is nobody's business.
      for x in 0..<256 { #expect(still[0].image[x: x, y: 0] == lit[x: x, y: 0]) }
    }
  }

  @Test func aJitterOutOfRangeIsNamed() {
    var jitter = FrameJitter()
    #expect(jitter.fault(at: "jitter") == nil)
    jitter.drift = StrengthRange(0, 40)
    #expect(jitter.fault(at: "jitter") == "'jitter.drift' must be between 0 and 16, not 40.0")
  }
}
