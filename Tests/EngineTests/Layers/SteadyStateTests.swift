import Engine
import TestSupport
import Testing

@Suite struct SteadyStateTests {
  /// In a process of its own, where no other test takes tensors.
  @Test func aThirdStepAllocatesNoTensorMemory() async {
    await #expect(processExitsWith: .success) {
      for precision in Precision.allCases {
        let network = Sequential([
          PixelUnshuffle(2), Residual([BatchNorm(channels: 12), Activate(.gelu)]),
          Concatenated([InstanceNorm(channels: 12, affine: true), PReLU(channels: 12)]),
          Gated(gate: Sequential([GlobalAveragePool(), Activate(.sigmoid)])), Dropout(0.2),
          Resize(.bilinear, scale: 2), AveragePool(2), LayerNorm(channels: 24),
          Resize(.nearest, scale: 2), MaxPool(2), PixelShuffle(2), Flatten(), Softmax(),
        ])
        let x = Tensor.random([3, 32, 32, 3], seed: 1).converted(to: precision)
        func step() {
          var saved = Saved(.training)
          let y = network.forward(x, saving: &saved)
          _ = network.backward(y, from: &saved)
        }
        step()
        step()
        let before = TensorMemory.allocations
        step()
        #expect(TensorMemory.allocations == before)
      }
    }
  }
}
