import Foundation

/// How strong bands of frequencies are around each pixel: `[N, H, W, S²]` to `[N, H, W, B]`.
///
/// After Qian and others 2020 (F3-Net's local frequency statistics) and their published program: the
/// channels are the cosine transform of the S×S pixels around a place, row by row. Of each band the
/// output is the sum of lg(|x| + 1e-15), weighed by the band's mask, over its number of frequencies.
/// The mask at the frequency (i, j) is 1 or 0, whether the band, one of B of equal width in i + j, has
/// it, plus 2 σ(weight) − 1. Computed in float32.
public struct BandStatistics: Layer {
  /// The sizes.
  public struct Settings: Equatable, Sendable {
    /// Rows, and columns, of a transform.
    public let window: Int
    /// How many bands.
    public let bands: Int

    public init(window: Int, bands: Int) { (self.window, self.bands) = (window, bands) }

    /// Whether a band has the frequency (i, j); those on a border are in both bands.
    public func has(_ band: Int, _ i: Int, _ j: Int) -> Bool {
      let width = Double(window) * 2 / Double(bands)
      let frequency = Double(i + j)
      return frequency >= width * Double(band) && frequency <= width * Double(band + 1)
    }

    /// The output shape for an input of the shape `[N, H, W, S²]`.
    func output(of shape: [Int]) -> [Int] {
      precondition(
        shape.count == 4 && shape[3] == window * window,
        "\(shape) into bands of \(window)×\(window) frequencies")
      return shape.dropLast() + [bands]
    }
  }

  private let settings: Settings
  private let weight: Parameter
  /// 1 or 0 over the number of a band's frequencies, and that divisor: `[B, S²]`.
  private let base, share: Tensor

  /// - Parameters:
  ///   - window: rows, and columns, of a transform.
  ///   - randomness: the source of the initial weights, of deviation 0.1.
  public init(window: Int, bands: Int, randomness: inout RandomSource) {
    precondition(bands > 0 && bands < 2 * window, "\(bands) bands of \(window) frequencies")
    let settings = Settings(window: window, bands: bands)
    self.settings = settings
    let (count, shape) = (window * window, [bands, window * window])
    let members = Tensor(shape) {
      settings.has($0 / count, $0 % count / window, $0 % window) ? 1 : 0
    }
    let sizes = (0..<bands).map { band in
      (0..<count).reduce(Float(0)) { $0 + members[band * count + $1] }
    }
    share = Tensor(shape) { 1 / sizes[$0 / count] }
    base = Kernels.product(members, share)
    var start = Tensor(zeros: [bands, window, window])
    start.write { values in
      for index in values.indices { values[index] = Float(randomness.normal(deviation: 0.1)) }
    }
    weight = Parameter(start)
  }

  /// "weight", `[B, S, S]`.
  public var node: LayerNode {
    LayerNode(.bandStatistics(settings), parameters: [NamedParameter("weight", weight)])
  }

  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let output = settings.output(of: x.shape)
    let logarithms = Kernels.logarithms(pixels(of: x))
    saved.push(x)
    saved.push(logarithms)
    return Kernels.products(logarithms, masks(x.shape[0]), .secondTurned).reshaped(to: output)
      .converted(to: x.precision)
  }

  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let (logarithms, x) = (saved.pop(), saved.pop())
    let slope = pixels(of: dy)
    let sums = Kernels.channelSums(
      Kernels.products(slope, logarithms, .firstTurned).reshaped(
        to: [x.shape[0], settings.bands * x.rowLength]), groups: 1)
    let gates = Kernels.activate(weight.value, .sigmoid)
    weight.gradient.add { sums[$0] * share[$0] * 2 * gates[$0] * (1 - gates[$0]) }
    let dlogarithms = Kernels.products(slope, masks(x.shape[0]), .plain)
    return Kernels.logarithmsBackward(dlogarithms, x: pixels(of: x)).reshaped(to: x.shape)
      .converted(to: x.precision)
  }

  /// The masks, once for each image: `[N, B, S²]`.
  private func masks(_ images: Int) -> Tensor {
    let gates = Kernels.activate(weight.value, .sigmoid)
    let masks = Tensor(base.shape) { base[$0] + (2 * gates[$0] - 1) * share[$0] }
    return Tensor.joined(Array(repeating: masks.reshaped(to: [1] + masks.shape), count: images))
  }

  /// `[N, H, W, C]` as `[N, H · W, C]`, float32.
  private func pixels(of x: Tensor) -> Tensor {
    x.converted(to: .float32).reshaped(to: [x.shape[0], x.shape[1] * x.shape[2], x.rowLength])
  }
}

extension Kernels {
  /// What is added to a magnitude so that zero has a logarithm.
  private static let least: Float = 1e-15

  /// lg(|x| + 1e-15).
  fileprivate static func logarithms(_ x: Tensor) -> Tensor {
    let y = Tensor(uninitialized: x.shape)
    spread(x.count, grain: 1 << 12) { part in
      for index in part { unsafe y.floats[index] = log10(abs(x.floats[index]) + least) }
    }
    return y
  }

  /// Its gradient; zero at zero.
  fileprivate static func logarithmsBackward(_ dy: Tensor, x: Tensor) -> Tensor {
    let dx = Tensor(uninitialized: x.shape)
    let scale = 1 / Float(M_LN10)
    spread(x.count) { part in
      for index in part {
        let value = unsafe x.floats[index]
        let slope = scale / (abs(value) + least)
        unsafe dx.floats[index] =
          value > 0 ? dy.floats[index] * slope : value < 0 ? -dy.floats[index] * slope : 0
      }
    }
    return dx
  }
}
