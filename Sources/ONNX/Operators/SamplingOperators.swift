internal import Foundation

/// Pictures and volumes read at places that another value names, computed in float64.
enum SamplingOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("GridSample", 2...2, sample),
    OperatorDefinition("AffineGrid", 2...2, grid),
  ]

  private enum Padding: String, CaseIterable { case zeros, border, reflection }

  private static func sample(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let (x, grid) = (try call.input(0), try call.input(1))
    let rank = x.shape.count - 2
    guard rank >= 1, grid.shape.count == x.shape.count, grid.shape[0] == x.shape[0],
      grid.shape[rank + 1] == rank, !x.shape.contains(0)
    else { throw OperatorFault("places of \(grid.shape) do not fit \(x.shape)") }
    let mode = try call.text("mode", default: "linear")
    let padding = try call.choice("padding_mode", default: Padding.zeros)
    let alignsCorners = try call.flag("align_corners")
    let lengths = Array(x.shape[2...])
    let strides = rowMajorStrides(lengths)
    let plane = lengths.reduce(1, *)
    let (values, places) = (x.doubles, grid.doubles)
    let targets = grid.shape[1..<rank + 1].reduce(1, *)
    let shape = Array(x.shape.prefix(2)) + grid.shape[1..<rank + 1]
    var results = [Double](repeating: 0, count: try elementCount(shape))
    for image in 0..<x.shape[0] {
      for target in 0..<targets {
        // The last axis comes first in the grid.
        let taps = (0..<rank).map { axis -> [ResizeSettings.Tap] in
          let place = places[(image * targets + target) * rank + rank - 1 - axis]
          return self.taps(
            place, length: lengths[axis], mode: mode, padding: padding,
            alignsCorners: alignsCorners)
        }
        let all = taps.enumerated().reduce([(0, 1.0)]) { combined, next in
          combined.flatMap { place, weight in
            next.element.map { (place + $0.place * strides[next.offset], weight * $0.weight) }
          }
        }
        for channel in 0..<x.shape[1] {
          let start = (image * x.shape[1] + channel) * plane
          results[(image * x.shape[1] + channel) * targets + target] = all.reduce(0) {
            $0 + values[start + $1.0] * $1.1
          }
        }
      }
    }
    return [Value(x.type, shape, doubles: results)]
  }

  /// The places along an axis that −1…1 means, with their weights.
  private static func taps(
    _ place: Double, length: Int, mode: String, padding: Padding, alignsCorners: Bool
  ) -> [ResizeSettings.Tap] {
    guard place.isFinite, abs(place) < 0x1p30 else { return [] }
    let size = Double(length)
    let (low, high) = alignsCorners ? (0, size - 1) : (-0.5, size - 0.5)
    var source = alignsCorners ? (place + 1) / 2 * (size - 1) : ((place + 1) * size - 1) / 2
    if mode == "nearest" { source.round(.toNearestOrEven) }
    if source < low || source > high {
      switch padding {
      case .zeros: break
      case .border: source = min(max(source, 0), size - 1)
      case .reflection: source = reflected(source, low, high)
      }
    }
    let first = Int(source.rounded(.down))
    let ratio = source - Double(first)
    let taps: [(Int, Double)]
    switch mode {
    case "nearest": taps = [(first, 1)]
    case "cubic", "bicubic":
      taps = (-1...2).map {
        (first + $0, ResizeSettings.cubic(abs(Double($0) - ratio), -0.75))
      }
    default: taps = [(first, 1 - ratio), (first + 1, ratio)]
    }
    return taps.compactMap { place, weight in
      if (0..<length).contains(place) { return ResizeSettings.Tap(place: place, weight: weight) }
      switch padding {
      case .zeros: return nil
      case .border:
        return ResizeSettings.Tap(place: min(max(place, 0), length - 1), weight: weight)
      case .reflection:
        let inside = Int(reflected(Double(place), low, high))
        return ResizeSettings.Tap(place: min(max(inside, 0), length - 1), weight: weight)
      }
    }
  }

  private static func reflected(_ place: Double, _ low: Double, _ high: Double) -> Double {
    let range = high - low
    guard range > 0 else { return low }
    let distance = abs(place - low).truncatingRemainder(dividingBy: 2 * range)
    return low + (distance <= range ? distance : 2 * range - distance)
  }

  /// The places of an affine map of pictures or volumes.
  private static func grid(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let theta = try call.input(0)
    let size = try call.input(1).indices()
    let rank = size.count - 2
    guard rank == 2 || rank == 3, theta.shape == [size[0], rank, rank + 1] else {
      throw OperatorFault("maps of \(theta.shape) do not fit the size \(size)")
    }
    let lengths = Array(size[2...])
    let shape = [size[0]] + lengths + [rank]
    let count = try elementCount(shape)
    let alignsCorners = try call.flag("align_corners")
    let matrices = theta.doubles
    let strides = rowMajorStrides(lengths)
    var results: [Double] = []
    results.reserveCapacity(count)
    for image in 0..<size[0] {
      for place in 0..<lengths.reduce(1, *) {
        // x, y, z: the last axis first.
        let point = (0..<rank).reversed().map { axis -> Double in
          let index = Double(place / strides[axis] % lengths[axis])
          let length = Double(lengths[axis])
          if alignsCorners { return length == 1 ? 0 : 2 * index / (length - 1) - 1 }
          return (2 * index + 1) / length - 1
        }
        for row in 0..<rank {
          let start = (image * rank + row) * (rank + 1)
          results.append(
            (0..<rank).reduce(matrices[start + rank]) { $0 + matrices[start + $1] * point[$1] })
        }
      }
    }
    return [Value(theta.type, shape, doubles: results)]
  }
}
