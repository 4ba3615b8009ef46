/// Structural dissimilarity: (1 − SSIM) / 2, averaged over windows, channels and pictures.
///
/// SSIM as in Wang et al. 2004: 11×11 Gaussian windows of σ 1.5 that lie fully inside the picture,
/// biased variances, data range 1, C1 = 0.01², C2 = 0.03². Pictures are `[N, H, W, C]` with values
/// in 0…1 and at least 11 rows and columns. A window has the weight of its center, so weights in
/// the 5 outermost rows and columns do not count.
public struct DSSIM: Loss {
  /// Rows and columns of a window.
  public static let window = 11

  /// Has no settings.
  public init() {}

  /// The mean loss and its gradient with respect to the prediction.
  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weight: Tensor?) -> LossValue {
    let input = LossInput(prediction, target, weight: weight)
    let total = DSSIM.totalWeight(input.weight, shape: prediction.shape)
    let share = LossInput.share(of: total * Double(input.channels))
    let gradient = Tensor(uninitialized: prediction.shape)
    let sums = DSSIM.sums(input, scale: Float(share), gradient: gradient)
    return LossValue(
      value: Float(sums.reduce(0, +) * share), gradient: gradient,
      weight: weight == nil ? nil : total)
  }

  /// The mean SSIM of each picture of a batch, −1…1; 1 means equal.
  public static func similarity(_ prediction: Tensor, _ target: Tensor) -> [Double] {
    let input = LossInput(prediction, target, weight: nil)
    let windows = totalWeight(nil, shape: [1] + prediction.shape.dropFirst())
    return sums(input, scale: 0, gradient: nil).map {
      1 - 2 * $0 / (windows * Double(input.channels))
    }
  }

  /// The dissimilarity of each picture, summed over windows and channels.
  private static func sums(_ input: LossInput, scale: Float, gradient: Tensor?) -> [Double] {
    guard let target = input.target else { return [] }
    let shape = input.prediction.shape
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    let size = height * width * channels
    let scratchSize = Kernels.dissimilarityScratch(
      height: height, width: width, channels: channels)
    let workers = min(ThreadPool.threads, shape[0])
    let scratch = Tensor(uninitialized: [workers, scratchSize])
    var sums = [Double](repeating: 0, count: shape[0])
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      ThreadPool.forEach(workers) { worker in
        for n in shape[0] * worker / workers..<shape[0] * (worker + 1) / workers {
          unsafe sums[n] = unsafe Kernels.dissimilarity(
            input.prediction.floats + n * size, target.floats + n * size,
            weight: input.weight.map { unsafe UnsafePointer($0.floats + n * height * width) },
            height: height, width: width, channels: channels, scale: scale,
            gradient: gradient.map { unsafe $0.floats + n * size },
            scratch: scratch.floats + worker * scratchSize)
        }
      }
    }
    return sums
  }

  /// The sum of the weights of all windows.
  private static func totalWeight(_ weight: Tensor?, shape: [Int]) -> Double {
    precondition(
      shape.count == 4 && shape[1] >= window && shape[2] >= window,
      "DSSIM needs pictures [N, H, W, C] of at least \(window)x\(window), not \(shape)")
    let (reach, height, width) = (window / 2, shape[1], shape[2])
    guard let weight else {
      return Double(shape[0] * (height - 2 * reach) * (width - 2 * reach))
    }
    return weight.read { weight in
      var total = 0.0
      for n in 0..<shape[0] {
        for y in reach..<height - reach {
          for x in reach..<width - reach { total += Double(weight[(n * height + y) * width + x]) }
        }
      }
      return total
    }
  }
}
