import Engine

/// The cost of one layer per step or swap.
public struct LayerTiming: Codable, Equatable, Sendable {
  /// The path in the layer tree.
  public let layer: String
  /// The shape of its output.
  public let output: [Int]
  /// Milliseconds of the forward and the backward pass.
  public let forwardMilliseconds, backwardMilliseconds: Double
  /// 10⁹ operations per second forward and backward (which counts twice the operations); nil for
  /// layers without weights.
  public let forwardGflops, backwardGflops: Double?

  enum CodingKeys: String, CodingKey {
    case layer, output
    case forwardMilliseconds = "forward_ms"
    case backwardMilliseconds = "backward_ms"
    case forwardGflops = "forward_gflops"
    case backwardGflops = "backward_gflops"
  }

  init(_ cost: LayerProfile.Cost, rounds: Int) {
    let operations = 2 * Double(cost.multiplyAdds)
    layer = cost.name
    output = cost.output
    forwardMilliseconds = cost.forward / Double(rounds) * 1e3
    backwardMilliseconds = cost.backward / Double(rounds) * 1e3
    forwardGflops = operations > 0 ? operations / cost.forward / 1e9 : nil
    backwardGflops =
      operations > 0 && cost.backward > 0 ? 2 * operations / cost.backward / 1e9 : nil
  }
}
