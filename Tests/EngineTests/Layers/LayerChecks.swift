import Engine
import Foundation
import TestSupport

/// The sines of whole numbers in a shape: `torch.sin(torch.arange(n)).reshape(shape)`.
func sines(_ shape: [Int]) -> Tensor {
  Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { sin(Float($0)) })
}

/// The cosines of whole numbers in a shape.
func cosines(_ shape: [Int]) -> Tensor {
  Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { cos(Float($0)) })
}

/// The whole numbers from zero in a shape.
func counting(_ shape: [Int]) -> Tensor {
  Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { Float($0) })
}

/// The output and the input's gradient, in one go.
func forwardAndBackward(
  _ layer: some Layer, _ x: Tensor, _ dy: Tensor, mode: Saved.Mode = .training
) -> (y: Tensor, dx: Tensor) {
  var saved = Saved(mode)
  let y = layer.forward(x, saving: &saved)
  return (y, layer.backward(dy, from: &saved))
}

/// Whether a layer gives about the same on bfloat16 tensors as on the same values in float32,
/// and answers in bfloat16.
func agreesInBfloat16(_ layer: some Layer, at x: Tensor, tolerance: Float = 2e-2) -> Bool {
  let half = x.converted(to: .bfloat16)
  let wide = half.converted(to: .float32)
  let dy = Tensor.random(layer(wide).shape, seed: 11).converted(to: .bfloat16)
  let (y, dx) = forwardAndBackward(layer, half, dy)
  let (wideY, wideDX) = forwardAndBackward(layer, wide, dy.converted(to: .float32))
  return y.precision == .bfloat16 && dx.precision == .bfloat16
    && allClose(y, wideY, tolerance: tolerance) && allClose(dx, wideDX, tolerance: tolerance)
}
