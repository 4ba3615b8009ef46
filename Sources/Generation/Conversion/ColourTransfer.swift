/// How a face takes on the light of the picture that it goes into.
public enum ColourTransfer: String, Codable, CaseIterable, Sendable {
  /// Its own colours.
  case none
  /// The mean colour of the picture's face.
  case mean
  /// The mean and the spread of the picture's face along light, blue–yellow and red–green.
  ///
  /// Reinhard et al. 2001 on the axes of their l α β, but on gamma-coded values as they are, whose
  /// code is near-logarithmic already: so the change is one matrix, and black stays harmless.
  case statistics
}

extension ColourTransfer {
  /// Gives `face` the colours that `original` has, both weighed by `mask`.
  func apply(to face: inout FacePatch, like original: FacePatch, mask: [Float]) {
    guard self != .none, mask.contains(where: { $0 > 0 }) else { return }
    let own = ColourStatistics(of: face, mask: mask)
    let wanted = ColourStatistics(of: original, mask: mask)
    var gain = SIMD3<Float>(repeating: 1)
    if self == .statistics {
      // A flat face has no spread to stretch; limits keep noise from becoming colour.
      gain = (wanted.deviation / (own.deviation + 1e-4))
        .clamped(lowerBound: SIMD3(repeating: 0.5), upperBound: SIMD3(repeating: 2))
    }
    for at in stride(from: 0, to: face.values.count, by: 3) {
      let rgb = SIMD3(face.values[at], face.values[at + 1], face.values[at + 2])
      let moved = (OpponentColour.from(rgb) - own.mean) * gain + wanted.mean
      let result = OpponentColour.toRGB(moved)
      face.values[at] = result.x
      face.values[at + 1] = result.y
      face.values[at + 2] = result.z
    }
  }
}

/// The mean and the deviation of a patch's colours along the opponent axes.
struct ColourStatistics: Equatable {
  let mean: SIMD3<Float>
  let deviation: SIMD3<Float>

  init(of patch: FacePatch, mask: [Float]) {
    var sum = SIMD3<Double>.zero
    var squares = SIMD3<Double>.zero
    var weights = 0.0
    for pixel in mask.indices where mask[pixel] > 0 {
      let at = pixel * 3
      let rgb = SIMD3(patch.values[at], patch.values[at + 1], patch.values[at + 2])
      let colour = SIMD3<Double>(OpponentColour.from(rgb))
      let weight = Double(mask[pixel])
      sum += weight * colour
      squares += weight * colour * colour
      weights += weight
    }
    let mean = sum / weights
    let variance = squares / weights - mean * mean
    self.mean = SIMD3<Float>(mean)
    deviation = SIMD3<Float>(variance.clamped(lowerBound: .zero, upperBound: .one).squareRoot())
  }
}
