public import Engine
import Faces
import Foundation

/// How well a model knows a person's faces: what it cannot reconstruct is not the face.
///
/// A face is compared with its reconstruction by the person's own decoder in four halves: left, right,
/// upper and lower. A hand, a microphone or a mask in front of it is not reconstructed, so in one half
/// luma is hardly correlated, and the error is large, beside those of the person's other faces. Measured on
/// two people's 80 faces each after seven minutes of training: of faces with one half covered by
/// noise or by something dark all but 1 in 20 have a correlation under 0.68, of uncovered ones 1 in 50.
public struct FamiliarFaces: Sendable {
  /// The medians of the person's faces.
  private let usual: Measure

  /// How far below the usual one a correlation is, and how many times the usual error is, for a face that is
  /// partly hidden.
  private static let (slack, excess) = (0.15, 1.5)
  /// A model with a lower usual correlation does not know the faces well enough.
  private static let least = 0.7

  /// The worst half of a face.
  struct Measure: Equatable, Sendable {
    /// The lowest correlation of luma; 0 for a half without any contrast.
    var correlation: Double
    /// The largest root mean square error of colors, after matching their mean over the face.
    var error: Double
  }

  /// What is usual of a person's faces, `[N, side, side, 3]`; nil if the model does not know them well
  /// enough.
  public init?(_ faces: Tensor, of side: Side, by model: SwapModel) {
    self.init(FamiliarFaces.measures(faces, of: side, by: model))
  }

  init?(_ measures: [Measure]) {
    guard !measures.isEmpty else { return nil }
    func median(_ value: (Measure) -> Double) -> Double {
      measures.map(value).sorted()[measures.count / 2]
    }
    usual = Measure(correlation: median(\.correlation), error: median(\.error))
    guard usual.correlation >= FamiliarFaces.least else { return nil }
  }

  /// Whether each of the person's faces is partly hidden.
  public func areHidden(_ faces: Tensor, of side: Side, by model: SwapModel) -> [Bool] {
    FamiliarFaces.measures(faces, of: side, by: model).map(isHidden)
  }

  func isHidden(_ face: Measure) -> Bool {
    face.correlation < usual.correlation - FamiliarFaces.slack
      && face.error > FamiliarFaces.excess * usual.error
  }

  private static func measures(_ faces: Tensor, of side: Side, by model: SwapModel) -> [Measure] {
    let made = model.swap(faces, to: side).converted(to: .float32)
    let faces = faces.converted(to: .float32)
    let quarters = quarters(side: faces.shape[1])
    return ThreadPool.map(faces.shape[0]) { index in
      measure(FacePatch(of: faces, at: index), FacePatch(of: made, at: index), quarters)
    }
  }

  /// Compares a face with its reconstruction.
  static func measure(
    _ face: FacePatch, _ made: FacePatch, _ quarters: [[Int]]
  ) -> Measure {
    let all = quarters.flatMap(\.self)
    var shift = SIMD3<Double>.zero
    for pixel in all {
      shift += SIMD3<Double>(face.color(pixel)) - SIMD3<Double>(made.color(pixel))
    }
    shift /= Double(max(all.count, 1))
    var worst = Measure(correlation: 1, error: 0)
    // Quarters make halves: left, right, upper and lower.
    for half in [[0, 2], [1, 3], [0, 1], [2, 3]] {
      let part = half.flatMap { quarters[$0] }
      let count = Double(part.count)
      var error = 0.0
      var sums = (x: 0.0, y: 0.0, xx: 0.0, yy: 0.0, xy: 0.0)
      for pixel in part {
        let difference =
          SIMD3<Double>(face.color(pixel)) - SIMD3<Double>(made.color(pixel)) - shift
        error += (difference * difference).sum()
        let (x, y) = (Double(face.luma(pixel)), Double(made.luma(pixel)))
        sums.x += x
        sums.y += y
        sums.xx += x * x
        sums.yy += y * y
        sums.xy += x * y
      }
      let spread = (sums.xx - sums.x * sums.x / count) * (sums.yy - sums.y * sums.y / count)
      let correlation =
        spread > 1e-9 ? (sums.xy - sums.x * sums.y / count) / spread.squareRoot() : 0
      worst.correlation = min(worst.correlation, correlation.isFinite ? correlation : 0)
      worst.error = max(worst.error, (error / (3 * count)).squareRoot())
    }
    return worst
  }

  /// The pixels of a face by quarter: upper left, upper right, lower left, lower right.
  static func quarters(side: Int) -> [[Int]] {
    let ellipse = EllipseMask()
    var quarters = [[Int]](repeating: [], count: 4)
    for pixel in 0..<side * side {
      let (x, y) = (pixel % side, pixel / side)
      let weight = ellipse.weight(
        x: (Double(x) + 0.5) / Double(side), y: (Double(y) + 0.5) / Double(side))
      if weight >= 0.5 { quarters[(2 * y < side ? 0 : 2) + (2 * x < side ? 0 : 1)].append(pixel) }
    }
    return quarters
  }
}

extension FacePatch {
  /// The color of a pixel.
  fileprivate func color(_ pixel: Int) -> SIMD3<Float> {
    SIMD3(values[pixel * 3], values[pixel * 3 + 1], values[pixel * 3 + 2])
  }
}
