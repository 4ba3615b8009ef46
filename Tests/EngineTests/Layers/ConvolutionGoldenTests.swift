import Engine
import Foundation
import TestSupport
import Testing

/// Convolutions and dense layers, their outputs and gradients, as PyTorch has them.
@Suite struct ConvolutionGoldenTests {
  /// One line of Golden/convolutions.json, made by Golden/convolutions.py.
  private struct Case: Decodable {
    let name: String
    let input: [Int]
    let outputs: Int
    let kernel, stride, padding, dilation, groups: Int?
    let isSame: Bool?
    let y, dx, weight, bias: Sample

    /// The layer, with the weights of the script.
    func layer() -> any Layer {
      var randomness = RandomSource(seed: 1)
      let layer: any Layer =
        if let kernel {
          Conv2D(
            inputs: input[3], outputs: outputs, kernel: kernel, stride: stride ?? 1,
            padding: isSame == true ? .same : padding.map { .even($0) }, dilation: dilation ?? 1,
            groups: groups ?? 1, randomness: &randomness)
        } else {
          Dense(inputs: input[1], outputs: outputs, randomness: &randomness)
        }
      let (weight, bias) = (layer.parameters[0].parameter, layer.parameters[1].parameter)
      weight.plain = sines(weight.plainShape)
      bias.plain = cosines(bias.plainShape)
      return layer
    }
  }

  /// Every `step`-th value of a tensor.
  private struct Sample: Decodable {
    let shape: [Int]
    let step: Int
    let values: [Float]

    func isClose(to tensor: Tensor) -> Bool {
      let values = tensor.values
      let found = stride(from: 0, to: values.count, by: step).map { values[$0] }
      let shape = [self.values.count]
      return tensor.shape == self.shape && found.count == self.values.count
        && allClose(
          Tensor(shape: shape, values: found), Tensor(shape: shape, values: self.values),
          tolerance: 1e-4)
    }
  }

  @Test(arguments: [
    "3x3, odd", "one pixel, one channel", "no padding", "stride 3", "dilation 2", "two groups",
    "depthwise", "depthwise, two outputs an input", "four groups of 8",
    "two groups of 32, stride 2", "Winograd, 3x3", "Winograd, 5x5 at stride 2",
    "blocks of 2x2 pixels", "same padding, even", "same padding, odd", "same padding, depthwise",
    "dense",
  ])
  func outputsAndGradientsMatchPyTorch(name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "convolutions", withExtension: "json", subdirectory: "Golden"))
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
    let golden = try #require(cases.first { $0.name == name })
    let layer = golden.layer()
    var saved = Saved(.training)
    let y = layer.forward(sines(golden.input), saving: &saved)
    let dx = layer.backward(cosines(golden.y.shape), from: &saved)
    #expect(golden.y.isClose(to: y))
    #expect(golden.dx.isClose(to: dx))
    #expect(golden.weight.isClose(to: layer.parameters[0].parameter.plainGradient))
    #expect(golden.bias.isClose(to: layer.parameters[1].parameter.plainGradient))
  }
}
