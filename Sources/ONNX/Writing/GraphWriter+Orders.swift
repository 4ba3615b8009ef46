internal import Engine

/// The order of axes, which only the graph has: channels precede rows and columns there.
extension GraphWriter {
  /// The value with its axes in another order.
  mutating func transposed(_ x: Flow, _ order: [Int], at path: String) -> Flow {
    Flow(
      name: name("Transpose", [x.name], at: path, ["perm": .integers(order)]), shape: x.shape,
      isFramesFirst: x.isFramesFirst)
  }

  /// A clip as a volume, `[N, C, T, H, W]`; other values as they are.
  mutating func volume(_ x: Flow, at path: String) -> Flow {
    guard x.isFramesFirst else { return x }
    var y = transposed(x, [0, 2, 1, 3, 4], at: path)
    y.isFramesFirst = false
    return y
  }

  /// A clip as frames, `[N, T, C, H, W]`; other values as they are.
  mutating func frames(_ x: Flow, at path: String) -> Flow {
    guard x.shape.count == 5, !x.isFramesFirst else { return x }
    var y = transposed(x, [0, 2, 1, 3, 4], at: path)
    y.isFramesFirst = true
    return y
  }

  /// The axis of the channels in the graph.
  func channelAxis(_ x: Flow) -> Int {
    x.isFramesFirst ? 2 : x.shape.count > 3 ? 1 : x.shape.count - 1
  }

  /// The value with its numbers one after another as the engine has them: pixel by pixel.
  mutating func inEngineOrder(_ x: Flow, at path: String) -> Flow {
    let shape = x.shape
    let (channels, pixels) = (shape[shape.count - 1], shape.dropFirst().dropLast().reduce(1, *))
    guard shape.count > 3, channels > 1, pixels > 1 else { return x }
    if shape.count == 4 { return transposed(x, [0, 2, 3, 1], at: path) }
    guard x.isFramesFirst else { return transposed(x, [0, 2, 3, 4, 1], at: path) }
    return shape[2] * shape[3] == 1 ? x : transposed(x, [0, 1, 3, 4, 2], at: path)
  }

  /// A value in the engine's order in another shape.
  mutating func reshaped(_ x: Flow, to shape: [Int], at path: String) -> Flow {
    let numbers = inEngineOrder(x, at: path)
    let (channels, pixels) = (shape[shape.count - 1], shape.dropFirst().dropLast().reduce(1, *))
    func dimensions(_ rest: [Int]) -> String {
      constant(below(path, "shape"), integers: [0] + rest)
    }
    var y = Flow(name: x.name, shape: shape, isFramesFirst: shape.count == 5)
    let isDirect =
      shape.count < 4 || channels == 1 || pixels == 1
      || shape.count == 5 && shape[2] * shape[3] == 1
    if isDirect {
      return Flow(
        name: name("Reshape", [numbers.name, dimensions(outer(y))], at: path), shape: shape,
        isFramesFirst: y.isFramesFirst)
    }
    y = Flow(
      name: name("Reshape", [numbers.name, dimensions(Array(shape.dropFirst()))], at: path),
      shape: shape, isFramesFirst: y.isFramesFirst)
    return transposed(y, shape.count == 4 ? [0, 3, 1, 2] : [0, 1, 4, 2, 3], at: path)
  }

  /// What a layer of pictures, or of vectors, makes of each frame or step.
  mutating func eachFrame(
    _ child: (name: String, layer: any Layer), _ x: Flow, at path: String
  ) throws(ONNXError) -> Flow {
    let x = frames(x, at: path)
    let rest = Array(x.shape.dropFirst(2))
    let one = Flow(name: "", shape: [1] + rest)
    let joined = Flow(
      name: name(
        "Reshape",
        [x.name, constant(below(path, "each"), integers: [-1] + outer(one))], at: path),
      shape: one.shape)
    let y = try layer(child.layer, joined, at: below(path, child.name))
    let back = constant(below(path, "frames"), integers: [-1, x.shape[1]] + outer(y))
    let shape: [Int] = [1, x.shape[1]] + y.shape.dropFirst()
    return Flow(
      name: name("Reshape", [y.name, back], at: path), shape: shape,
      isFramesFirst: shape.count == 5)
  }
}
