import Faces
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

  /// The least share of the crop that the true face fills: in less there is nothing to judge.
  static let leastFace = 0.1
}
