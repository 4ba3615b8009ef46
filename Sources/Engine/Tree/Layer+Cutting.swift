/// A network cut in two at a feature map.
public struct NetworkCut {
  /// The parts before and after the map; they share the weights of the network.
  public let front, back: Sequential
  /// The shape of the map: `[N, H, W, C]`, `[N, T, H, W, C]` of clips, or `[N, T, C]` of a sequence.
  public let map: [Int]
}

extension Layer {
  /// The layers of the chain, with chains inside it unrolled.
  public var steps: [(name: String, layer: any Layer)] {
    let node = node
    guard node.operation == .chain else { return [("", self)] }
    return node.children.flatMap { child in
      child.layer.steps.map { (LayerNode.path(child.name, $0.name), $0.layer) }
    }
  }

  /// The network, cut after the last step whose output is a feature map that satisfies `isWanted`.
  ///
  /// The output of the network itself does not count.
  ///
  /// - Parameters:
  ///   - input: the shape of the input.
  ///   - rank: the least dimensions of a map: 4 for pictures and clips, 3 for sequences, too.
  ///   - isWanted: takes the shape of a map.
  /// - Returns: nil when there is no such map.
  public func cut(
    input: [Int], rank: Int = 4, afterLast isWanted: (_ map: [Int]) -> Bool
  ) -> NetworkCut? {
    let steps = steps
    var shape = input
    var found: (count: Int, map: [Int])?
    for (index, step) in steps.enumerated().dropLast() {
      shape = step.layer.outputShape(for: shape)
      if shape.count >= rank, isWanted(shape) { found = (index + 1, shape) }
    }
    return found.map { found in
      NetworkCut(
        front: Sequential(children: Array(steps[..<found.count])),
        back: Sequential(children: Array(steps[found.count...])), map: found.map)
    }
  }
}
