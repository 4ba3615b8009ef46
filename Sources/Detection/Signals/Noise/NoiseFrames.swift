import Faces
import Media

/// The part of the source frames in which a clip's noise is measured: the same pixels in all frames.
struct NoiseCanvas: Equatable, Sendable {
  /// Its upper left corner in the source.
  let x, y: Int
  let width, height: Int
  /// Where crops of labeled datasets have pixels of the source, this far from their edges.
  private static let border = 3.0
  /// The longest side, in pixels.
  private static let mostSide = 768

  /// The faces of some frames with half a face around them; nil where their place is not known.
  init?(of clip: FaceClip, frames: [Int]) {
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    for index in frames {
      guard let points = clip.frames[index].sourceLandmarks else { return nil }
      let box = FaceBox(around: points)
      low = pointwiseMin(low, SIMD2(box.x - 0.5 * box.width, box.y - 0.5 * box.height))
      high = pointwiseMax(high, SIMD2(box.x + 1.5 * box.width, box.y + 1.5 * box.height))
    }
    low = pointwiseMax(low, SIMD2(0, 0))
    guard low.x.isFinite, high.x.isFinite, low.x < 1e6, low.y < 1e6 else { return nil }
    let size = SIMD2(
      min(Int(high.x - low.x), NoiseCanvas.mostSide), min(Int(high.y - low.y), NoiseCanvas.mostSide)
    )
    guard size.x >= 32, size.y >= 32 else { return nil }
    // Even, so that the colors of the sensor's filter keep their places.
    (x, y) = (Int(low.x) & ~1, Int(low.y) & ~1)
    (width, height) = (size.x & ~1, size.y & ~1)
  }

  /// A frame's pixels, and which of them there are.
  struct Part {
    let image: Image
    /// 1 where the frame has a pixel, 0 elsewhere.
    let isThere: [Bool]
  }

  /// The canvas in a source frame.
  func cut(from frame: Image) -> Part {
    var image = Image(width: width, height: height, filled: Color(0, 0, 0))
    var isThere = [Bool](repeating: false, count: width * height)
    let columns = min(width, frame.width - x)
    guard columns > 0 else { return Part(image: image, isThere: isThere) }
    for row in 0..<max(0, min(height, frame.height - y)) {
      let (from, to) = (((y + row) * frame.width + x) * 3, row * width)
      for place in 0..<3 * columns { image.pixels[3 * to + place] = frame.pixels[from + place] }
      for column in 0..<columns { isThere[to + column] = true }
    }
    return Part(image: image, isThere: isThere)
  }

  /// The canvas in a crop, laid back to where it was; nil where that is not known.
  func cut(from frame: FaceClip.Frame) -> Part? {
    guard let map = frame.matrix else { return nil }
    let crop = frame.crop
    let origin = map(SIMD2(Double(x), Double(y)))
    let image = crop.warped(
      columnX: map.columnX, columnY: map.columnY, origin: origin, width: width, height: height)
    var isThere = [Bool](repeating: false, count: width * height)
    let (most, least) = (
      SIMD2(Double(crop.width), Double(crop.height)) - NoiseCanvas.border, NoiseCanvas.border
    )
    for row in 0..<height {
      for column in 0..<width {
        let point =
          origin + map.columnX * (Double(column) + 0.5) + map.columnY * (Double(row) + 0.5)
        isThere[row * width + column] =
          point.x > least && point.y > least && point.x < most.x && point.y < most.y
      }
    }
    return Part(image: image, isThere: isThere)
  }
}

/// The noise of a clip's frames, by halves.
struct NoiseFrames {
  let canvas: NoiseCanvas
  private var halves: [NoisePatternEstimator]
  private let middle: Int
  private var added = 0
  /// In how many frames each pixel is the face's, and in how many its surroundings'.
  private var faces, surroundings: [UInt16]
  /// Sums of the squared residual and of the pixels, over all frames.
  private var squares: [Float]
  private var sums: [Float]

  /// The share of frames in which a pixel must be the face's to count for it.
  private static let share = 0.75
  /// How far the surroundings begin from the middle of the face, in lengths of its hull.
  private static let distance: Float = 1.2
  /// Residuals are clipped at so many standard deviations: edges leave more than noise does.
  private static let most: Float = 3

  /// - Parameters:
  ///   - middle: the frame with which the second half begins.
  ///   - count: of all frames.
  init(_ canvas: NoiseCanvas, halfAt middle: Int, count: Int) {
    (self.canvas, self.middle) = (canvas, middle)
    let estimator = NoisePatternEstimator(width: canvas.width, height: canvas.height)
    halves = [estimator, estimator]
    let size = canvas.width * canvas.height
    faces = [UInt16](repeating: 0, count: size)
    surroundings = faces
    squares = [Float](repeating: 0, count: size)
    sums = [Float](repeating: 0, count: 3 * size)
  }

  /// Adds the next frame.
  mutating func add(_ part: NoiseCanvas.Part, _ frame: FaceClip.Frame) {
    guard let points = frame.sourceLandmarks else { return }
    var luma = part.image.luma
    var residual = NoiseResidual.of(luma)
    let count = Float(residual.values.count)
    let deviation = (residual.values.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    let limit = NoiseFrames.most * deviation
    let own = points.map { $0 - SIMD2(Float(canvas.x), Float(canvas.y)) }
    let center = own.reduce(SIMD2(0, 0), +) / Float(own.count)
    let wide = own.map { center + ($0 - center) * NoiseFrames.distance }
    let hull = FaceHull(landmarks: own, includesForehead: true)
      .coverage(width: canvas.width, height: canvas.height)
    let outside = FaceHull(landmarks: wide, includesForehead: true)
      .coverage(width: canvas.width, height: canvas.height)
    for place in residual.values.indices {
      guard part.isThere[place] else {
        // Without light, a pixel counts for no pattern.
        luma.values[place] = 0
        continue
      }
      let value = min(max(residual.values[place], -limit), limit)
      residual.values[place] = value
      squares[place] += value * value
      if hull.values[place] >= 1 { faces[place] += 1 }
      if outside.values[place] <= 0 { surroundings[place] += 1 }
    }
    for place in sums.indices { sums[place] += Float(part.image.pixels[place]) }
    halves[added < middle ? 0 : 1].add(luma, residual: residual)
    added += 1
  }

  /// The pixels that show the face, and those that show its surroundings, in most frames.
  var regions: (face: [Int], surroundings: [Int]) {
    let least = UInt16((NoiseFrames.share * Double(added)).rounded(.up))
    guard least > 0 else { return ([], []) }
    return (
      faces.indices.filter { faces[$0] >= least },
      surroundings.indices.filter { surroundings[$0] >= least }
    )
  }

  /// The standard deviation of the residual in a region, in gray levels.
  func noise(in region: [Int]) -> Double {
    let sum = region.reduce(0.0) { $0 + Double(squares[$1]) }
    return (sum / Double(max(region.count * added, 1))).squareRoot()
  }

  /// The fixed patterns of both halves.
  func patterns() throws(DetectionError) -> [Plane] {
    var patterns: [Plane] = []
    for half in halves { patterns.append(try half.pattern()) }
    return patterns
  }

  /// The mean of the frames.
  var meanPicture: Image {
    let count = Float(max(added, 1))
    return Image(
      width: canvas.width, height: canvas.height,
      pixels: sums.map { UInt8(min(max(($0 / count).rounded(), 0), 255)) })
  }
}
