import Media

/// The features of a clip that shortcut baselines see beside those of its first frame; a picture is a
/// clip of one frame.
struct ClipShortcuts: Equatable {
  /// By the baseline's name; the vectors of one name have one length.
  let vectors: [String: [Double]]

  /// - Parameter frames: the file of each frame, and what it shows; at least one.
  init(_ frames: [(bytes: [UInt8], image: Image)]) {
    let sizes = frames.map { Double($0.bytes.count) }
    let rate = sizes.reduce(0, +) / Double(sizes.count)
    let borders = frames.map { ShortcutFeatures.border(of: $0.image) }
    vectors = [
      "frame count": [Double(frames.count)],
      "bit rate": [rate],
      "keyframe pattern": ClipShortcuts.pattern(of: sizes.map { $0 / rate }),
      "frame difference": ClipShortcuts.differences(of: borders),
      "border pixels": borders[0].indices.map { index in
        borders.reduce(0) { $0 + $1[index] } / Double(borders.count)
      },
    ]
  }

  /// How the sizes of frames vary: their deviation, the largest and the smallest, where the largest is,
  /// and the deviation of the steps between neighbors.
  private static func pattern(of sizes: [Double]) -> [Double] {
    let steps = zip(sizes.dropFirst(), sizes).map { $0 - $1 }
    func deviation(_ values: [Double]) -> Double {
      guard !values.isEmpty else { return 0 }
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
        .squareRoot()
    }
    let largest = sizes.max() ?? 0
    let place = sizes.firstIndex(of: largest) ?? 0
    return [
      deviation(sizes), largest, sizes.min() ?? 0, Double(place) / Double(sizes.count),
      deviation(steps),
    ]
  }

  /// The mean difference of successive frames in the colors of their borders, which show no face.
  private static func differences(of borders: [[Double]]) -> [Double] {
    guard borders.count > 1 else { return borders.first?.map { _ in 0 } ?? [] }
    return borders[0].indices.map { index in
      let steps = zip(borders.dropFirst(), borders).map { abs($0[index] - $1[index]) }
      return steps.reduce(0, +) / Double(steps.count)
    }
  }
}
