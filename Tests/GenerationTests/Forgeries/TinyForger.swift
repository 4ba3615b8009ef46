import Engine
import Faces
import Media
import TestSupport

@testable import Generation

/// Three people with two soft pictures each, faces where faces are, and a tiny model of the first
/// two; the last picture has no landmarks.
func tinyForger(_ change: (inout ForgeryStrengths) -> Void = { _ in }) -> Forger {
  let pictures = gradientPictures(7, seed: 8).enumerated().map { index, picture in
    // Fine detail, for what is lost by blurring to be seen.
    picture.noised((0..<4096).map { Float($0 % 25) - 12 }, seed: UInt64(index))
  }
  var chance = RandomSource(seed: 5)
  let faces = pictures.enumerated().map { index, picture in
    let shift = SIMD2(chance.uniform(-8...8), chance.uniform(-8...8))
    let width = chance.uniform(0.9...1.1)
    let landmarks = MeanFace.aligned.map { point in
      SIMD2<Float>(SIMD2(128 + (point.x - 128) * width, point.y) + shift)
    }
    return RealFace(
      image: picture, landmarks: index == 6 ? nil : landmarks, identity: "person \(index / 2)",
      clip: "clip \(index / 2)", frame: index)
  }
  let model = ForgeryModel(
    SwapModel(tinyTrees(RandomSource(seed: 3))), name: "tiny", identityA: "person 0",
    identityB: "person 1")
  var strengths = ForgeryStrengths()
  change(&strengths)
  return Forger(faces: faces, models: [model], strengths: strengths)
}
