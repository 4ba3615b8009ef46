public import Engine

/// A decoder's output.
public struct SwappedFaces: Sendable {
  /// The faces, `[N, 64, 64, 3]`, 0…1.
  public let faces: Tensor
  /// The mask of each face, `[N, 64, 64, 1]`, 0…1; nil for a model without masks.
  public let masks: Tensor?

  /// - Parameter made: a decoder's output, of 3 channels, or 4 with the mask last.
  init(_ made: Tensor) {
    let hasMask = made.shape.last == 4
    faces = hasMask ? made.channels(0..<3) : made
    masks = hasMask ? made.channels(3..<4) : nil
  }
}
