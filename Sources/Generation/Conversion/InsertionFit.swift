public import Media

/// How well inserted faces fit into their pictures, beside the faces that they replace.
///
/// Measured in luma, at the pictures' own size.
public struct InsertionFit: Equatable, Sendable {
  /// The mean over faces.
  public struct Measure: Codable, Equatable, Sendable {
    /// The root mean square gradient where the mask is nearly 1, relative to that around the mask.
    public var sharpness = 0.0
    /// The mean change across the mask's edge, relative to that over the same distance elsewhere.
    public var seam = 0.0
  }

  /// The number of faces.
  public private(set) var faces = 0
  private var before = Measure(), after = Measure()

  /// Without any faces.
  public init() {}

  /// The original faces; nil if there are none.
  public var original: Measure? { mean(before) }
  /// The swapped ones.
  public var swapped: Measure? { mean(after) }

  /// Measures a face; one without surroundings in the picture does not count.
  public mutating func note(_ patch: VideoPatch) {
    let points = InsertionPoints(of: patch.mask, width: patch.before.width)
    guard let own = points.measure(patch.before), let new = points.measure(patch.after) else {
      return
    }
    add(before: own, after: new, faces: 1)
  }

  /// Adds other faces.
  public mutating func add(_ other: InsertionFit) {
    add(before: other.before, after: other.after, faces: other.faces)
  }

  private mutating func add(before: Measure, after: Measure, faces: Int) {
    self.before.sharpness += before.sharpness
    self.before.seam += before.seam
    self.after.sharpness += after.sharpness
    self.after.seam += after.seam
    self.faces += faces
  }

  private func mean(_ sum: Measure) -> Measure? {
    guard faces > 0 else { return nil }
    return Measure(sharpness: sum.sharpness / Double(faces), seam: sum.seam / Double(faces))
  }
}

extension InsertionFit: Codable {
  private enum CodingKeys: String, CodingKey {
    case faces, original, swapped
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let faces = try values.decode(Int.self, forKey: .faces)
    func sum(_ key: CodingKeys) throws -> Measure {
      let mean = try values.decodeIfPresent(Measure.self, forKey: key) ?? Measure()
      return Measure(sharpness: mean.sharpness * Double(faces), seam: mean.seam * Double(faces))
    }
    add(before: try sum(.original), after: try sum(.swapped), faces: faces)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(faces, forKey: .faces)
    try values.encodeIfPresent(original, forKey: .original)
    try values.encodeIfPresent(swapped, forKey: .swapped)
  }
}

/// The pixels of a patch at which it is measured: inside the mask, around it, and on its edge.
struct InsertionPoints {
  private let width: Int
  /// The distance over which changes are measured: about half the width of a soft edge.
  private let reach: Int
  private var inside: [Int] = [], around: [Int] = []
  /// Pixels on the edge, with the offset to the inside.
  private var edge: [(pixel: Int, inwards: Int)] = []

  /// The number of pixels that suffice.
  private static let most = 12_000

  /// - Parameter mask: 0…255, row by row.
  init(of mask: [UInt8], width: Int) {
    let height = mask.count / width
    self.width = width
    reach = max(1, Int((0.05 * Double(max(width, height))).rounded()))
    let step = max(1, Int((Double(mask.count) / Double(InsertionPoints.most)).squareRoot()))
    guard width > 2 * reach, height > 2 * reach else { return }
    let least = UInt8(SharpnessMatch.inside * 255)
    for y in stride(from: reach, to: height - reach, by: step) {
      for pixel in stride(from: y * width + reach, to: y * width + width - reach, by: step) {
        if mask[pixel] >= least { inside.append(pixel) }
        if mask[pixel] == 0 { around.append(pixel) }
        guard (64...191).contains(mask[pixel]) else { continue }
        let x = Double(mask[pixel + 1]) - Double(mask[pixel - 1])
        let y = Double(mask[pixel + width]) - Double(mask[pixel - width])
        let length = (x * x + y * y).squareRoot()
        guard length > 0 else { continue }
        let (right, down) = (
          Int((x / length * Double(reach)).rounded()), Int((y / length * Double(reach)).rounded())
        )
        edge.append((pixel, down * width + right))
      }
    }
  }

  /// The energy of a picture's gradients inside the mask, in levels of 0…1 per pixel, squared; nil
  /// if too little of the mask is there.
  func energy(of image: Image) -> Double? { energy(image, at: inside) }

  /// What is measured of a picture; nil if the mask, its edge or its surroundings are missing.
  func measure(_ image: Image) -> InsertionFit.Measure? {
    guard let own = energy(image, at: inside), let other = energy(image, at: around), other > 0,
      edge.count >= 16
    else { return nil }
    var (across, elsewhere) = (0.0, 0.0)
    for (pixel, inwards) in edge {
      across += abs(image.luma(pixel + inwards) - image.luma(pixel - inwards))
    }
    for pixel in inside + around {
      elsewhere += abs(image.luma(pixel + reach) - image.luma(pixel - reach))
      elsewhere += abs(image.luma(pixel + reach * width) - image.luma(pixel - reach * width))
    }
    guard elsewhere > 0 else { return nil }
    let count = Double(2 * (inside.count + around.count))
    return InsertionFit.Measure(
      sharpness: (own / other).squareRoot(),
      seam: across / Double(edge.count) / (elsewhere / count))
  }

  private func energy(_ image: Image, at pixels: [Int]) -> Double? {
    guard pixels.count >= 16 else { return nil }
    var sum = 0.0
    for pixel in pixels {
      let x = image.luma(pixel + 1) - image.luma(pixel - 1)
      let y = image.luma(pixel + width) - image.luma(pixel - width)
      sum += x * x + y * y
    }
    // Central differences span two pixels.
    return sum / Double(4 * pixels.count)
  }
}

extension Image {
  /// The luma of a pixel, 0…1.
  fileprivate func luma(_ pixel: Int) -> Double {
    let at = pixel * 3
    let (red, green, blue) = (Int(pixels[at]), Int(pixels[at + 1]), Int(pixels[at + 2]))
    return Double(299 * red + 587 * green + 114 * blue) / 255_000
  }
}
