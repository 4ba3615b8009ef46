import Faces
import Media

/// The sharpening with which a face has the gradient energy of the face that it replaces.
///
/// Energy is the mean squared gradient of luma per pixel of the picture, where the mask is nearly
/// 1. The rest of the picture stays as it is, so the new face is then as sharp against its
/// surroundings as the old one was. A mere comparison of inside and outside would blur a face to
/// its out-of-focus background.
///
/// Sharpening is linear in its amount, and energy quadratic: one measurement gives the amount.
/// Detail that the model did not make cannot be sharpened, so the amount is bounded; a face that is
/// too sharp is blurred as often as necessary.
struct SharpnessMatch {
  /// The maximum amount.
  static let most: Float = 1
  /// The maximum number of blurs.
  private static let mostBlurs = 12
  /// The mask from which on gradients count.
  static let inside: Float = 0.8
  /// Larger faces are measured at this size in pixels, because their energies follow from it: a face
  /// of 64×64 has no finer detail.
  private static let mostPixels = 192

  /// The amount for a face that is `size` pixels wide in its picture.
  ///
  /// - Parameters:
  ///   - face: the face, its colors matched.
  ///   - weights: its mask, of the same size.
  ///   - energy: that of the face that it replaces.
  static func amount(
    for face: FacePatch, weights: [Float], size: Double, energy: Double
  ) -> Float {
    let side = min(max(Int(size.rounded()), 8), mostPixels)
    let scale = size / Double(side)
    // Energy per pixel at the size of measurement.
    let wanted = energy * scale * scale
    var face = face
    for blurs in 0...mostBlurs {
      let blurred = face.blurred
      let energies = Energies(of: face, detail: blurred, weights: weights, side: side)
      let amount = energies.amount(reaching: wanted)
      // A face without any gradient stays as it is.
      guard let amount else { return -Float(blurs) }
      if amount > -1 || blurs == mostBlurs {
        return blurs == 0 ? min(amount, most) : max(min(amount, 0), -1) - Float(blurs)
      }
      face = blurred
    }
    return 0
  }

  /// The energies of a face and of what sharpening adds to it.
  private struct Energies {
    /// Of the face, of both, and of the detail.
    private var own = 0.0, both = 0.0, detail = 0.0

    /// - Parameters:
    ///   - blurred: the face, blurred once.
    ///   - side: the size at which energies are measured.
    init(of face: FacePatch, detail blurred: FacePatch, weights: [Float], side: Int) {
      // One enlargement of three planes: luma, its detail, and the mask.
      var planes = face
      for pixel in weights.indices {
        let (luma, coarse) = (face.luma(pixel), blurred.luma(pixel))
        planes.values[pixel * 3] = luma
        planes.values[pixel * 3 + 1] = luma - coarse
        planes.values[pixel * 3 + 2] = weights[pixel]
      }
      let large = planes.enlarged(to: side)
      let values = large.values
      var count = 0
      for row in 1..<side - 1 {
        for at in (row * side + 1)..<(row * side + side - 1) {
          guard values[at * 3 + 2] >= SharpnessMatch.inside else { continue }
          let left = (at - 1) * 3, right = (at + 1) * 3
          let above = (at - side) * 3, below = (at + side) * 3
          let x = values[right] - values[left], y = values[below] - values[above]
          let dx = values[right + 1] - values[left + 1], dy = values[below + 1] - values[above + 1]
          own += Double(x * x + y * y)
          both += Double(x * dx + y * dy)
          detail += Double(dx * dx + dy * dy)
          count += 1
        }
      }
      // Central differences span two pixels.
      let share = 1 / Double(4 * max(count, 1))
      own *= share
      both *= share
      detail *= share
    }

    /// The amount that gives this energy; the one nearest to it if none does; nil without detail.
    func amount(reaching energy: Double) -> Float? {
      guard detail > 1e-12, own.isFinite, energy.isFinite else { return nil }
      let root = both * both + detail * (energy - own)
      return Float((-both + max(root, 0).squareRoot()) / detail)
    }
  }
}

extension FacePatch {
  /// The luma of a pixel.
  func luma(_ pixel: Int) -> Float {
    0.299 * values[pixel * 3] + 0.587 * values[pixel * 3 + 1] + 0.114 * values[pixel * 3 + 2]
  }
}
