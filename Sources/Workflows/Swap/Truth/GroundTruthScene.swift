import Engine
import Faces
import Generation
import Media
import Synthesis

/// A held-out picture of a synthetic person, and its scene rendered with the other person in it.
struct GroundTruthScene: Sendable {
  /// The picture as the face set holds it, 256×256.
  let picture: Image
  /// The other person, without noise: the true swap.
  let truth: Portrait
  /// The clip that the picture is from.
  let clip: String?

  /// The least share of the crop that the true face fills: in less there is nothing to judge.
  static let leastFace = 0.1

  /// The share of the crop that the true face fills.
  var faceShare: Double {
    let mask = Crop.masks([truth.mask]).values
    return Double(mask.reduce(0, +)) / Double(mask.count)
  }

  /// Pictures that are rendered anew differ by the camera's noise and JPEG alone: this much signal
  /// to noise, in dB, is left at the least.
  static let leastAgreement = 24.0

  /// The mean signal to noise of pictures against their scenes rendered anew, in dB.
  static func agreement(of pictures: [(picture: Image, scene: Scene)]) -> Double {
    let portraits = ThreadPool.map(pictures.count) {
      pictures[$0].scene.rendered(side: Crop.pictureSide, isClean: true).image
    }
    return ImageQuality(
      of: Crop.faces(of: pictures.map(\.picture)), against: Crop.faces(of: portraits)
    ).psnr
  }
}
