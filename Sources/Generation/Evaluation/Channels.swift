import Engine

/// The channels of one picture of a batch, in float64.
struct Channels: Sendable {
  let width: Int
  let height: Int
  /// One array per channel, row by row.
  let planes: [[Double]]

  /// Picture `index` of `[N, H, W, C]`.
  init(of batch: Tensor, at index: Int) {
    let shape = batch.shape
    precondition(shape.count == 4 && index < shape[0], "no picture \(index) in \(shape)")
    height = shape[1]
    width = shape[2]
    let channels = shape[3]
    let pixels = shape[1] * shape[2]
    planes = batch.read { values in
      (0..<channels).map { channel in
        var plane: [Double] = []
        plane.reserveCapacity(pixels)
        for pixel in 0..<pixels {
          plane.append(Double(values[(index * pixels + pixel) * channels + channel]))
        }
        return plane
      }
    }
  }
}
