/// Resizing, in any number of dimensions.
enum PictureOperators {
  static let all: [OperatorDefinition] =
    SamplingOperators.all + [
      OperatorDefinition("Resize", 1...4, resize),
      OperatorDefinition("Upsample", 1...2) { call throws(OperatorFault) in
        let x = try call.input(0)
        let scales = try call.reals("scales") ?? call.optional(1)?.doubles ?? []
        let settings = ResizeSettings(
          mode: try call.text("mode", default: "nearest") == "nearest" ? .nearest : .linear,
          coordinates: .asymmetric, rounding: .floor)
        return [try resized(x, settings, scales: scales, roi: nil)]
      },
    ]

  private static func resize(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    guard call.opset >= 11 else {
      let settings = ResizeSettings(
        mode: try call.choice("mode", default: ResizeSettings.Mode.nearest),
        coordinates: .asymmetric, rounding: .floor)
      return [try resized(x, settings, scales: try call.input(1).doubles, roi: nil)]
    }
    let settings = try ResizeSettings(call)
    let rank = x.shape.count
    let places = try axes(try call.integers("axes") ?? Array(0..<rank), rank: rank)
    func spread<Number>(_ numbers: [Number], _ others: Number) throws(OperatorFault) -> [Number] {
      guard numbers.count == places.count else {
        throw OperatorFault("\(numbers.count) numbers for \(places.count) axes")
      }
      var result = [Number](repeating: others, count: rank)
      for (number, place) in zip(numbers, places) { result[place] = number }
      return result
    }
    var roi: [(start: Double, end: Double)]?
    if settings.coordinates == .crop {
      let numbers = try call.input(1).doubles
      guard numbers.count == 2 * places.count else {
        throw OperatorFault("\(numbers.count) numbers of a region for \(places.count) axes")
      }
      roi = try spread(
        places.indices.map { (numbers[$0], numbers[$0 + places.count]) }, (0, 1))
    }
    if let scales = call.optional(2)?.doubles, !scales.isEmpty {
      return [try resized(x, settings, scales: try spread(scales, 1), roi: roi)]
    }
    guard let sizes = try call.optional(3)?.indices(), !sizes.isEmpty else {
      throw OperatorFault("it needs scales or sizes")
    }
    guard x.shape.allSatisfy({ $0 > 0 }), sizes.allSatisfy({ $0 > 0 && $0 < 1 << 30 }) else {
      throw OperatorFault("\(x.shape) cannot become \(sizes)")
    }
    var lengths = x.shape
    for (size, place) in zip(try spread(sizes, 0), 0..<rank) where size > 0 {
      lengths[place] = size
    }
    var scales = zip(lengths, x.shape).map { Double($0) / Double($1) }
    let policy = try call.text("keep_aspect_ratio_policy", default: "stretch")
    if policy != "stretch" {
      let own = places.map { scales[$0] }
      let scale = (policy == "not_larger" ? own.min() : own.max()) ?? 1
      for place in places {
        scales[place] = scale
        lengths[place] = Int((scale * Double(x.shape[place])).rounded())
      }
    }
    return [try resized(x, settings, scales: scales, lengths: lengths, roi: roi)]
  }

  /// Each axis by itself, one after the other.
  private static func resized(
    _ x: Value, _ settings: ResizeSettings, scales: [Double], lengths: [Int]? = nil,
    roi: [(start: Double, end: Double)]?
  ) throws(OperatorFault) -> Value {
    guard scales.count == x.shape.count,
      scales.allSatisfy({ $0 > 0 && $0 < 0x1p20 }), !x.shape.contains(0)
    else { throw OperatorFault("\(x.shape) cannot be scaled by \(scales)") }
    let target =
      lengths
      ?? zip(x.shape, scales).map { Int((Double($0) * $1 + 1e-9).rounded(.down)) }
    _ = try elementCount(target)
    var y = x
    var isOutside = [Bool](repeating: false, count: target.reduce(1, *))
    let strides = rowMajorStrides(target)
    for place in x.shape.indices {
      guard scales[place] != 1 || target[place] != x.shape[place] || roi != nil else { continue }
      let taps = settings.taps(
        x.shape[place], to: target[place], scale: scales[place], roi: roi?[place] ?? (0, 1))
      if settings.mode == .nearest {
        y = SelectionOperators.picked(y, taps.map { $0.first?.place ?? 0 }, axis: place)
      } else {
        y = weighted(y, taps, axis: place)
      }
      for index in isOutside.indices where taps[index / strides[place] % target[place]].isEmpty {
        isOutside[index] = true
      }
    }
    guard isOutside.contains(true) else { return y }
    let values = zip(y.doubles, isOutside).map { $1 ? settings.outside : $0 }
    return Value(x.type, target, doubles: values)
  }

  private static func weighted(_ x: Value, _ taps: [[ResizeSettings.Tap]], axis: Int) -> Value {
    let outer = x.shape[..<axis].reduce(1, *)
    let inner = x.shape[(axis + 1)...].reduce(1, *)
    let length = x.shape[axis]
    var shape = x.shape
    shape[axis] = taps.count
    let values = x.doubles
    var results = [Double](repeating: 0, count: outer * taps.count * inner)
    for block in 0..<outer {
      for (target, taps) in taps.enumerated() {
        let start = (block * shape[axis] + target) * inner
        for tap in taps {
          let source = (block * length + tap.place) * inner
          for index in 0..<inner { results[start + index] += tap.weight * values[source + index] }
        }
      }
    }
    return Value(x.type, shape, doubles: results)
  }
}
