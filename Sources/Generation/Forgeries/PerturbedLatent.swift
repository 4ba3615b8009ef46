public import Engine
import Faces
import Media

/// A face that a swap model's decoder generates from a perturbed latent code.
///
/// Noise is added to the latent code of the real face, and the person's own decoder or the other
/// one decodes it: a face that no picture shows. Parameters: `model`, `to`, `noise` (its standard
/// deviation relative to the code's), `mask`, `color`, `blend`, `sharpening`, `forehead`,
/// `drawn_in`, `soft`.
public struct PerturbedLatent: ForgeryAlgorithm {
  /// The standard deviation of the noise, relative to the code's.
  public var noise = StrengthRange(0.1, 0.5)
  /// The probability of using the other person's decoder.
  public var other = 0.5
  /// How the face is inserted.
  public var placing = ModelFaceSettings()

  /// From almost no change to a clearly different face.
  public init() {}

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    guard !material.models.isEmpty else { return nil }
    let model = chance.one(of: material.models)
    guard let own = model.side(of: face.identity) else { return nil }
    let side = chance.happens(other) ? own.other : own
    let strength = noise.drawn(from: &chance)
    let source = chance.split(0)
    let made = ModelFace(of: face.image, by: model, to: side) { code in
      PerturbedLatent.perturbed(code, strength: strength, randomness: source)
    }
    return placing.placed(
      made, of: face, chance: &chance,
      parameters: [
        "model": .word(model.name), "to": .word(side.rawValue), "noise": .number(strength),
      ],
      identity: model.identity(side))
  }

  /// The code plus uniform noise whose standard deviation is relative to the code's.
  private static func perturbed(
    _ code: Tensor, strength: Double, randomness: RandomSource
  ) -> Tensor {
    var chance = randomness
    var result = code
    result.write { values in
      var (sum, squares) = (0.0, 0.0)
      for index in values.indices {
        let value = Double(values[index])
        sum += value
        squares += value * value
      }
      let mean = sum / Double(values.count)
      let deviation = max(squares / Double(values.count) - mean * mean, 0).squareRoot()
      // Uniform noise between -√3 and √3 has a standard deviation of 1.
      let most = strength * deviation * 3.0.squareRoot()
      for index in values.indices { values[index] += Float(chance.uniform(-most...most)) }
    }
    return result
  }
}
