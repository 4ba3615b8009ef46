import Engine
import Faces
import Generation
import Media
import Synthesis

/// A held-out picture of a synthetic person, and its scene rendered with the other person.
struct GroundTruthScene: Sendable {
  /// The picture as in the face set, 256×256.
  let picture: Image
  /// The ground truth: the other person, without noise.
  let truth: Portrait
  /// The clip of the picture.
  let clip: String?

  /// The minimum share of the crop that the true face must fill to be measured.
  static let leastFace = 0.1

  /// The share of the crop that the true face fills.
  var faceShare: Double {
    let mask = Crop.masks([truth.mask]).values
    return Double(mask.reduce(0, +)) / Double(mask.count)
  }

  /// The minimum PSNR, in dB, between pictures and their scenes rendered again, which differ only
  /// by sensor noise and JPEG.
  static let leastAgreement = 24.0

  /// The mean PSNR of pictures against their scenes rendered again, in dB.
  static func agreement(of pictures: [(picture: Image, scene: Scene)]) -> Double {
    let portraits = ThreadPool.map(pictures.count) {
      pictures[$0].scene.rendered(side: Crop.pictureSide, isClean: true).image
    }
    return ImageQuality(
      of: Crop.faces(of: pictures.map(\.picture)), against: Crop.faces(of: portraits)
    ).psnr
  }
}
