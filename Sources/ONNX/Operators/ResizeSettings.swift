internal import Foundation

/// How a resized axis gets its values.
struct ResizeSettings {
  enum Mode: String, CaseIterable { case nearest, linear, cubic }
  /// Which place of the old axis a place of the new one means.
  enum Coordinates: String, CaseIterable {
    case halfPixel = "half_pixel"
    case symmetric = "half_pixel_symmetric"
    case pytorch = "pytorch_half_pixel"
    case corners = "align_corners"
    case asymmetric
    case crop = "tf_crop_and_resize"
  }
  enum Rounding: String, CaseIterable {
    case preferFloor = "round_prefer_floor"
    case preferCeil = "round_prefer_ceil"
    case floor, ceil
  }

  /// A place of the old axis and its weight.
  struct Tap {
    let place: Int
    let weight: Double
  }

  let mode: Mode
  let coordinates: Coordinates
  let rounding: Rounding
  /// The value of places outside the region.
  var outside = 0.0
  private var cubic = -0.75
  private var excludesOutside = false
  private var smooths = false

  init(mode: Mode, coordinates: Coordinates, rounding: Rounding) {
    (self.mode, self.coordinates, self.rounding) = (mode, coordinates, rounding)
  }

  init(_ call: OperatorCall) throws(OperatorFault) {
    mode = try call.choice("mode", default: Mode.nearest)
    coordinates = try call.choice(
      "coordinate_transformation_mode", default: Coordinates.halfPixel)
    rounding = try call.choice("nearest_mode", default: Rounding.preferFloor)
    outside = try call.real("extrapolation_value", default: 0)
    cubic = try call.real("cubic_coeff_a", default: -0.75)
    excludesOutside = try call.flag("exclude_outside")
    smooths = try call.flag("antialias")
  }

  /// The taps of each place of the new axis; none where it lies outside the region.
  func taps(
    _ length: Int, to target: Int, scale: Double, roi: (start: Double, end: Double)
  ) -> [[Tap]] {
    (0..<target).map { index in
      let place = source(Double(index), length: length, target: target, scale: scale, roi: roi)
      if coordinates == .crop, place < 0 || place > Double(length - 1) { return [] }
      return taps(at: place, length: length, scale: scale)
    }
  }

  private func source(
    _ index: Double, length: Int, target: Int, scale: Double, roi: (start: Double, end: Double)
  ) -> Double {
    let (last, width) = (Double(length - 1), scale * Double(length))
    switch coordinates {
    case .halfPixel: return (index + 0.5) / scale - 0.5
    case .symmetric:
      let offset = Double(length) / 2 * (1 - Double(target) / width)
      return offset + (index + 0.5) / scale - 0.5
    case .pytorch: return width == 1 ? -0.5 : (index + 0.5) / scale - 0.5
    case .corners: return width == 1 ? 0 : index * last / (width - 1)
    case .asymmetric: return index / scale
    case .crop:
      return width == 1
        ? (roi.start + roi.end) / 2 * last
        : roi.start * last + index * (roi.end - roi.start) * last / (width - 1)
    }
  }

  private func taps(at place: Double, length: Int, scale: Double) -> [Tap] {
    guard mode != .nearest else {
      let near =
        switch rounding {
        case .preferFloor: (place - 0.5).rounded(.up)
        case .preferCeil: (place + 0.5).rounded(.down)
        case .floor: place.rounded(.down)
        case .ceil: place.rounded(.up)
        }
      return [Tap(place: min(max(Int(near), 0), length - 1), weight: 1)]
    }
    let first = Int(place.rounded(.down))
    let ratio = place - Double(first)
    // Smoothing stretches the filter over as many places as one new one stands for.
    let narrow = smooths ? min(scale, 1) : 1
    let reach = mode == .linear ? 1.0 : 2.0
    let start = Int((-reach / narrow).rounded(.down)) + 1
    var taps: [Tap] = []
    for offset in start..<2 - start {
      let weight = weight((Double(offset) - ratio) * narrow)
      let source = first + offset
      let isInside = source >= 0 && source < length
      if excludesOutside && !isInside { continue }
      taps.append(Tap(place: min(max(source, 0), length - 1), weight: weight))
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    guard sum != 0, smooths || excludesOutside else { return taps }
    return taps.map { Tap(place: $0.place, weight: $0.weight / sum) }
  }

  private func weight(_ distance: Double) -> Double {
    let x = abs(distance)
    guard mode == .cubic else { return max(0, 1 - x) }
    return ResizeSettings.cubic(x, cubic)
  }

  /// Keys' cubic kernel.
  static func cubic(_ x: Double, _ a: Double) -> Double {
    if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
  }
}
