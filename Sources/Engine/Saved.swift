/// What the forward pass leaves for the backward pass: a stack.
///
/// `forward` pushes, `backward` pops; networks run backwards in the opposite
/// order, so a chain is its own proof.
public struct Saved {
  /// What a pass is for.
  public enum Mode: Sendable {
    /// Everything is saved; dropout drops, batch statistics are taken.
    case training
    /// Everything is saved, but layers behave as in inference (gradients through a frozen model).
    case evaluation
    /// Nothing is saved.
    case inference
  }

  /// What this pass is for.
  public let mode: Mode
  /// Chance for layers that need it, such as dropout.
  public var randomness: RandomSource

  private enum Entry {
    case tensor(Tensor)
    case shape([Int])
  }
  private var stack: [Entry] = []

  public init(_ mode: Mode, randomness: RandomSource = RandomSource(seed: 0)) {
    self.mode = mode
    self.randomness = randomness
  }

  /// True when a backward pass may follow.
  public var isRecording: Bool { mode != .inference }

  /// True when everything pushed was popped.
  public var isEmpty: Bool { stack.isEmpty }

  /// Keeps a tensor for the backward pass.
  public mutating func push(_ tensor: Tensor) {
    if isRecording { stack.append(.tensor(tensor)) }
  }

  /// Keeps a shape for the backward pass.
  public mutating func push(shape: [Int]) {
    if isRecording { stack.append(.shape(shape)) }
  }

  /// The tensor that was pushed last.
  public mutating func pop() -> Tensor {
    guard case .tensor(let tensor)? = stack.popLast() else {
      preconditionFailure("backward asked for a tensor that forward did not save")
    }
    return tensor
  }

  /// The shape that was pushed last.
  public mutating func popShape() -> [Int] {
    guard case .shape(let shape)? = stack.popLast() else {
      preconditionFailure("backward asked for a shape that forward did not save")
    }
    return shape
  }
}
