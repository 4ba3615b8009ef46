import Engine
import Faces
import Media

/// A face that a swap model's decoder makes of a perturbed code.
///
/// The code of the real face gets noise, and the person's own decoder or the other one makes a face
/// of it: a face that no picture shows. Parameters: `model`, `to`, `noise` (its deviation as a share
/// of the code's), `mask`, `color`, `blend`, `sharpening`, `forehead`, `drawn_in`, `soft`.
public struct PerturbedLatent: Codable, Equatable, Sendable {
  /// The deviation of the noise, as a share of the code's own.
  public var noise = StrengthRange(0.1, 0.5)
  /// How often the other person's decoder makes the face.
  public var other = 0.5
  /// How the face is put back.
  public var placing = ModelFaceSettings()

  /// From hardly another face to clearly another one.
  public init() {}

  func forged(_ face: RealFace, models: [ForgeryModel], chance: inout RandomSource) -> Forgery? {
    let known = models.filter { $0.side(of: face.identity) != nil }
    guard !known.isEmpty else { return nil }
    let model = chance.one(of: known)
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

  /// The code and even noise whose deviation is a share of the code's.
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
      // Even noise between -√3 and √3 has a deviation of 1.
      let most = strength * deviation * 3.0.squareRoot()
      for index in values.indices { values[index] += Float(chance.uniform(-most...most)) }
    }
    return result
  }
}
