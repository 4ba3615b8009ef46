internal import Engine
internal import Foundation

/// The nodes of transforms: products with constant matrices, which every program has.
extension GraphWriter {
  /// The product of a matrix and the rows of each channel, `[N, C, H, W]`.
  private mutating func rows(_ matrix: String, _ x: Flow, at path: String) -> Flow {
    node("MatMul", [matrix, x.name], at: path, like: x)
  }

  /// The product of the columns of each channel and a matrix.
  private mutating func columns(_ x: Flow, _ matrix: String, at path: String) -> Flow {
    node("MatMul", [x.name, matrix], at: path, like: x)
  }

  mutating func cosineTransform(
    _ direction: TransformDirection, _ x: Flow, at path: String
  ) -> Flow {
    /// The matrix of the transform, or transposed.
    func matrix(_ size: Int, isTransposed: Bool, _ name: String) -> String {
      constant(
        below(path, name), [size, size],
        (0..<size * size).map { index in
          let (k, n) =
            isTransposed ? (index % size, index / size) : (index / size, index % size)
          let scale = (Double(k == 0 ? 1 : 2) / Double(size)).squareRoot()
          return Float(scale * cos(GraphWriter.turn((2 * n + 1) * k, of: 4 * size)))
        })
    }
    let isInverse = direction == .inverse
    let left = matrix(x.shape[1], isTransposed: isInverse, "rows")
    let right = matrix(x.shape[2], isTransposed: !isInverse, "columns")
    return columns(rows(left, x, at: path), right, at: path)
  }

  /// The angle of a share of a turn; whole turns are left out, so that large numbers lose nothing.
  private static func turn(_ steps: Int, of all: Int) -> Double {
    2 * .pi * Double(steps % all) / Double(all)
  }

  mutating func fourierTransform(
    _ direction: TransformDirection, _ x: Flow, at path: String, _ shape: [Int]
  ) -> Flow {
    let isInverse = direction == .inverse
    /// Cosines or sines of the angles of frequencies and places.
    func waves(_ size: Int, _ name: String, _ wave: (Double) -> Double) -> String {
      let scale = isInverse ? 1 / Double(size) : 1
      return constant(
        below(path, name), [size, size],
        (0..<size * size).map { index in
          Float(scale * wave(GraphWriter.turn(index / size * (index % size), of: size)))
        })
    }
    let (height, width) = (x.shape[1], x.shape[2])
    let (c, s) = (waves(height, "row_cosines", cos), waves(height, "row_sines", sin))
    let (d, t) = (waves(width, "column_cosines", cos), waves(width, "column_sines", sin))
    let pair: [Int] = x.shape.dropLast() + [shape[3]]
    if isInverse {
      let count = shape[3]
      let real = sliced(x, 0..<count, axis: 1, at: path, pair)
      let imaginary = sliced(x, count..<2 * count, axis: 1, at: path, pair)
      let even = node(
        "Sub", [rows(c, real, at: path).name, rows(s, imaginary, at: path).name], at: path,
        like: real)
      let odd = node(
        "Add", [rows(s, real, at: path).name, rows(c, imaginary, at: path).name], at: path,
        like: real)
      return node(
        "Sub", [columns(even, d, at: path).name, columns(odd, t, at: path).name], at: path, shape)
    }
    let (even, odd) = (rows(c, x, at: path), rows(s, x, at: path))
    let real = node(
      "Sub", [columns(even, d, at: path).name, columns(odd, t, at: path).name], at: path, like: x)
    let turned = node(
      "Add", [columns(even, t, at: path).name, columns(odd, d, at: path).name], at: path, like: x)
    let imaginary = node("Neg", [turned.name], at: path, like: x)
    return node(
      "Concat", [real.name, imaginary.name], at: path, ["axis": .integer(1)], shape)
  }

  /// z / |z|, which is 1 for zero, or |z|; nil for the angle, for which ONNX has no operator.
  mutating func polar(_ part: Polar.Part, _ x: Flow, at path: String, _ shape: [Int]) -> Flow? {
    let count = x.shape[3] / 2
    let half: [Int] = x.shape.dropLast() + [count]
    let real = sliced(x, 0..<count, axis: 1, at: path, half)
    let imaginary = sliced(x, count..<2 * count, axis: 1, at: path, half)
    let squares = [real, imaginary].map {
      node("Mul", [$0.name, $0.name], at: path, like: real).name
    }
    let length = node(
      "Sqrt", [node("Add", squares, at: path, like: real).name], at: path, like: real)
    switch part {
    case .magnitude: return length
    case .phase: return nil
    case .phasor:
      let isZero = node(
        "Equal", [length.name, constant(below(path, "zero"), [], [0])], at: path, like: real)
      let one = node("Cast", [isZero.name], at: path, ["to": .integer(1)], like: real)
      let divisor = node("Add", [length.name, one.name], at: path, like: real)
      let cosine = node(
        "Add",
        [node("Div", [real.name, divisor.name], at: path, like: real).name, one.name], at: path,
        like: real)
      let sine = node("Div", [imaginary.name, divisor.name], at: path, like: real)
      return node("Concat", [cosine.name, sine.name], at: path, ["axis": .integer(1)], shape)
    }
  }

  mutating func frequencyBand(
    _ node: LayerNode, _ band: FrequencyBand.Settings, _ x: Flow, at path: String
  ) -> Flow {
    let weight = node["weight"]?.plain.values ?? []
    let mask = weight.enumerated().map { index, value -> Float in
      let frequency = index / band.side + index % band.side
      let isKept = frequency >= band.start && frequency <= band.end
      return (isKept ? 1 : 0) + 2 * GraphWriter.logistic(value) - 1
    }
    return self.node(
      "Mul", [x.name, constant(below(path, "mask"), [1, 1, band.side, band.side], mask)],
      at: path, like: x)
  }

  /// The sums over frequencies are a convolution of one pixel.
  mutating func bandStatistics(
    _ node: LayerNode, _ settings: BandStatistics.Settings, _ x: Flow, at path: String,
    _ shape: [Int]
  ) -> Flow {
    let (bands, window) = (settings.bands, settings.window)
    let count = window * window
    let weight = node["weight"]?.plain.values ?? []
    var masks = [Float](repeating: 0, count: bands * count)
    for band in 0..<bands {
      let members = (0..<count).map { settings.has(band, $0 / window, $0 % window) }
      let size = Float(members.count { $0 })
      for index in 0..<count {
        let gate = 2 * GraphWriter.logistic(weight[band * count + index]) - 1
        // Logarithms to the base of ten.
        masks[band * count + index] = ((members[index] ? 1 : 0) + gate) / size / Float(log(10.0))
      }
    }
    let absolute = self.node("Abs", [x.name], at: path, like: x)
    let above = self.node(
      "Add", [absolute.name, constant(below(path, "least"), [], [1e-15])], at: path, like: x)
    let logarithms = self.node("Log", [above.name], at: path, like: x)
    return self.node(
      "Conv", [logarithms.name, constant(below(path, "masks"), [bands, count, 1, 1], masks)],
      at: path, shape)
  }

  static func logistic(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
}
