import Engine
import Faces
import Generation
import Media

/// A held-out picture of a synthetic person, rendered once more without noise: the person itself, and
/// the other person in the same scene.
struct TrueScene: Sendable {
  /// The picture as the face set holds it, 256×256.
  let picture: Image
  /// The person of the picture.
  let source: Portrait
  /// The other person: the true swap.
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

  /// The mean signal to noise of pictures against what is rendered anew, in dB.
  static func agreement(of scenes: [TrueScene]) -> Double {
    ImageQuality(
      of: Crop.faces(of: scenes.map(\.picture)), against: Crop.faces(of: scenes.map(\.source.image))
    ).psnr
  }
}
