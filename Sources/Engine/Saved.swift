/// The stack of values that the forward pass saves for the backward pass.
///
/// `forward` pushes, `backward` pops in reverse order.
public struct Saved {
  /// The purpose of a pass.
  public enum Mode: Sendable {
    /// Everything is saved; dropout is active, batch statistics are used.
    case training
    /// Everything is saved, but layers behave as in inference (gradients through a frozen model).
    case evaluation
    /// Nothing is saved.
    case inference
  }

  /// The purpose of this pass.
  public let mode: Mode
  /// Random numbers for layers such as dropout.
  public var randomness: RandomSource
  /// The samples that this pass is of; nil for a batch that is not shared.
  let share: BatchShare?

  private enum Entry {
    case tensor(Tensor)
    case shape([Int])
  }
  private var stack: [Entry] = []

  /// - Parameter share: the samples of a batch that this pass is of; nil for a batch that is not shared.
  public init(
    _ mode: Mode, randomness: RandomSource = RandomSource(seed: 0), share: BatchShare? = nil
  ) {
    self.mode = mode
    self.randomness = randomness
    self.share = share.flatMap { $0.isWhole ? nil : $0 }
  }

  /// True when a backward pass may follow.
  public var isRecording: Bool { mode != .inference }

  /// True if everything pushed was popped.
  public var isEmpty: Bool { stack.isEmpty }

  /// Saves a tensor for the backward pass.
  public mutating func push(_ tensor: Tensor) {
    if isRecording { stack.append(.tensor(tensor)) }
  }

  /// Saves a shape for the backward pass.
  public mutating func push(shape: [Int]) {
    if isRecording { stack.append(.shape(shape)) }
  }

  /// Removes and returns the last tensor.
  public mutating func pop() -> Tensor {
    guard case .tensor(let tensor)? = stack.popLast() else {
      preconditionFailure("backward asked for a tensor that forward did not save")
    }
    return tensor
  }

  /// Removes and returns the last shape.
  public mutating func popShape() -> [Int] {
    guard case .shape(let shape)? = stack.popLast() else {
      preconditionFailure("backward asked for a shape that forward did not save")
    }
    return shape
  }
}
