/// Square sliding windows.
struct Windows: Equatable, Sendable {
  let kernel: Int
  let stride: Int
  let padding: Int

  init(kernel: Int, stride: Int?, padding: Int) {
    precondition(
      kernel > 0 && stride ?? 1 > 0 && padding >= 0 && padding <= kernel / 2,
      "windows of \(kernel), stride \(stride ?? kernel), padding \(padding)")
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }

  /// The output shape for an input of the shape `[N, H, W, C]`.
  func output(of shape: [Int]) -> [Int] {
    precondition(shape.count == 4, "pooling takes [N, H, W, C], not \(shape)")
    return [shape[0], positions(along: shape[1]), positions(along: shape[2]), shape[3]]
  }

  private func positions(along length: Int) -> Int {
    precondition(length + 2 * padding >= kernel, "a window of \(kernel) over \(length) values")
    return (length + 2 * padding - kernel) / stride + 1
  }
}
