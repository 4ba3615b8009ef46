public import Media
import Engine
import Faces

/// The pictures of one person: what is trained on, and the stretch that is held out.
public struct SwapFaces: Sendable {
  /// The pictures that training sees.
  public let training: [Image]
  /// The pictures that it never sees: the last ones, in name order.
  public let heldOut: [Image]

  /// - Parameters:
  ///   - pictures: 256×256, in name order, at least two.
  ///   - holdout: the share to hold out, 0…1; at least one picture goes to each part.
  public init(_ pictures: [Image], holdout: Double) {
    precondition(pictures.count >= 2, "\(pictures.count) pictures cannot be parted")
    let share = (Double(pictures.count) * (1 - holdout)).rounded(.toNearestOrEven)
    let cut = min(max(Int(share), 1), pictures.count - 1)
    training = Array(pictures[..<cut])
    heldOut = Array(pictures[cut...])
  }

  /// Held-out pictures, spread evenly over the stretch: between `count` and twice as many, or all.
  public func heldOutSample(_ count: Int) -> [Image] {
    stride(from: 0, to: heldOut.count, by: max(1, heldOut.count / count)).map { heldOut[$0] }
  }
}
