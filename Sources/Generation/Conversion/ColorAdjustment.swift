/// A color change of a face: an affine map, or one curve each for red, green and blue.
///
/// It is a list of numbers, so changes can be averaged over time.
public struct ColorAdjustment: Equatable, Sendable {
  /// Empty for no change; 12 numbers are three columns and an offset; otherwise curves of 256
  /// levels.
  private var numbers: [Float]

  /// No change.
  static let none = ColorAdjustment(numbers: [])

  private init(numbers: [Float]) { self.numbers = numbers }

  /// Curves over the levels, 0…1.
  init(curves: [Float]) {
    precondition(curves.count == 3 * ColorHistogram.levels, "\(curves.count) levels")
    numbers = curves
  }

  /// Scales opponent colors along their axes, and shifts their mean.
  init(gain: SIMD3<Float>, from own: SIMD3<Float>, to wanted: SIMD3<Float>) {
    self.init(from: own, to: wanted) { $0 * gain }
  }

  /// Scales opponent colors along arbitrary axes, and shifts their mean.
  init(stretch: SymmetricMatrix, from own: SIMD3<Float>, to wanted: SIMD3<Float>) {
    self.init(from: own, to: wanted) { SIMD3<Float>(stretch(SIMD3<Double>($0))) }
  }

  private init(
    from own: SIMD3<Float>, to wanted: SIMD3<Float>, _ linear: (SIMD3<Float>) -> SIMD3<Float>
  ) {
    func moved(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
      OpponentColor.toRGB(linear(OpponentColor.from(rgb) - own) + wanted)
    }
    let offset = moved(.zero)
    numbers = []
    for column in [SIMD3<Float>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)] {
      let image = moved(column) - offset
      numbers += [image.x, image.y, image.z]
    }
    numbers += [offset.x, offset.y, offset.z]
  }

  /// The weighted mean of changes of one kind.
  public static func mean(_ changes: [(change: ColorAdjustment, weight: Double)]) -> ColorAdjustment
  {
    guard let first = changes.first else { return .none }
    var numbers = [Double](repeating: 0, count: first.change.numbers.count)
    var total = 0.0
    for (change, weight) in changes where change.numbers.count == numbers.count {
      total += weight
      for index in numbers.indices { numbers[index] += weight * Double(change.numbers[index]) }
    }
    return ColorAdjustment(numbers: numbers.map { Float($0 / total) })
  }

  /// Applies the change to a patch.
  func apply(to face: inout FacePatch) {
    guard !numbers.isEmpty else { return }
    guard numbers.count == 12 else { return applyCurves(to: &face) }
    let columns = stride(from: 0, to: 12, by: 3).map {
      SIMD3(numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
    }
    for at in stride(from: 0, to: face.values.count, by: 3) {
      let result =
        columns[0] * face.values[at] + columns[1] * face.values[at + 1]
        + columns[2] * face.values[at + 2] + columns[3]
      face.values[at] = result.x
      face.values[at + 1] = result.y
      face.values[at + 2] = result.z
    }
  }

  private func applyCurves(to face: inout FacePatch) {
    let levels = ColorHistogram.levels
    for at in face.values.indices where face.values[at].isFinite {
      let curve = at % 3 * levels
      let place = min(max(face.values[at], 0), 1) * Float(levels - 1)
      let level = min(Int(place), levels - 2)
      let share = place - Float(level)
      face.values[at] =
        numbers[curve + level] * (1 - share) + numbers[curve + level + 1] * share
    }
  }
}

/// Light, blue–yellow and red–green: axes along which natural colors are almost uncorrelated.
///
/// Orthonormal; Ruderman et al. 1998.
enum OpponentColor {
  static func from(_ rgb: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(
      (rgb.x + rgb.y + rgb.z) * third, (rgb.x + rgb.y - 2 * rgb.z) * sixth, (rgb.x - rgb.y) * half)
  }

  static func toRGB(_ color: SIMD3<Float>) -> SIMD3<Float> {
    let light = color.x * third
    let yellow = color.y * sixth
    let red = color.z * half
    return SIMD3(light + yellow + red, light + yellow - red, light - 2 * yellow)
  }

  private static let third: Float = 0.577_350_269
  private static let sixth: Float = 0.408_248_290
  private static let half: Float = 0.707_106_781
}
