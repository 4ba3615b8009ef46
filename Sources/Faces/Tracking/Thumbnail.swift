public import Media

/// A face in 16×16 gray pixels, for fast comparison.
public struct Thumbnail: Codable, Equatable, Sendable {
  static let side = 16
  /// 0…255, row by row.
  let values: [UInt8]

  /// The region of `Crop` of a face, reduced.
  public init(of image: Image, landmarks: [SIMD2<Float>]) {
    self.init(of: image, FaceAlignment(landmarks: landmarks))
  }

  /// The region of `Crop` of a picture that is an aligned crop itself, reduced.
  public init(ofCrop image: Image) {
    self.init(of: image, FaceAlignment(cropOfWidth: image.width, height: image.height))
  }

  private init(of image: Image, _ alignment: FaceAlignment) {
    let back = alignment.map.inverse
    let margin = Double(Crop.pictureSide) * (1 - Crop.coverage) / 2
    let step = Double(Crop.pictureSide) * Crop.coverage / Double(Thumbnail.side)
    let small = image.warped(
      columnX: back.columnX * step, columnY: back.columnY * step,
      origin: back(SIMD2(margin, margin)), width: Thumbnail.side, height: Thumbnail.side)
    values = (0..<Thumbnail.side * Thumbnail.side).map { pixel in
      let sum = small.pixels[pixel * 3..<pixel * 3 + 3].reduce(0) { $0 + Int($1) }
      return UInt8(sum / 3)
    }
  }

  private init(values: [UInt8]) { self.values = values }

  /// The mean absolute difference of two faces' pixels, 0…1.
  func difference(from other: Thumbnail) -> Double {
    let sum = zip(values, other.values).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(values.count * 255)
  }

  /// The similarity of two faces, independent of exposure: the correlation of their pixels, -1…1.
  ///
  /// For one person in consecutive frames it is above 0.9 except in fast motion; for two people in
  /// different pictures it is below 0.65 in 95 of 100 cases (1282 portraits of 320 people).
  public func likeness(to other: Thumbnail) -> Double {
    let means = SIMD2(mean, other.mean)
    var (product, own, others) = (0.0, 0.0, 0.0)
    for (a, b) in zip(values, other.values) {
      let (x, y) = (Double(a) - means.x, Double(b) - means.y)
      product += x * y
      own += x * x
      others += y * y
    }
    guard own > 0, others > 0 else { return 0 }
    return product / (own * others).squareRoot()
  }

  private var mean: Double { Double(values.reduce(0) { $0 + Int($1) }) / Double(values.count) }
}

extension Thumbnail {
  /// The mean of faces; nil if there are none.
  public static func mean(of faces: [Thumbnail]) -> Thumbnail? {
    guard !faces.isEmpty else { return nil }
    var sums = [Int](repeating: 0, count: side * side)
    for face in faces {
      for (index, value) in face.values.enumerated() { sums[index] += Int(value) }
    }
    return Thumbnail(values: sums.map { UInt8($0 / faces.count) })
  }
}
