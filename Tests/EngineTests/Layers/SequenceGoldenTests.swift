import Engine
import Foundation
import TestSupport
import Testing

/// Layers over sequences, volumes, capsules and spectra, as PyTorch has them.
@Suite struct SequenceGoldenTests {
  /// One entry of Golden/sequences.json, made by Golden/sequences.py.
  private struct Golden: Decodable {
    let input: [Int]
    let y, dx: Part
    let gradients: [String: Part]
  }

  private struct Part: Decodable {
    let shape: [Int]
    let step: Int
    let values: [Float]

    func isClose(to tensor: Tensor) -> Bool {
      let all = tensor.values
      let found = stride(from: 0, to: all.count, by: step).map { all[$0] }
      return tensor.shape == shape && found.count == values.count
        && zip(found, values).allSatisfy { abs($0 - $1) <= 1e-4 * max(1, abs($1)) }
    }
  }

  private static func layers() -> [String: any Layer] {
    var chance = RandomSource(seed: 1)
    func size(_ frames: Int, _ side: Int) -> VolumeSize { VolumeSize(frames: frames, side: side) }
    return [
      "lstm": Recurrent(.lstm, inputs: 4, hidden: 5, randomness: &chance),
      "lstm, no bias": Recurrent(.lstm, inputs: 20, hidden: 17, bias: false, randomness: &chance),
      "lstm, two layers, both directions": Recurrent(
        .lstm, inputs: 3, hidden: 4, layers: 2, isBidirectional: true, randomness: &chance),
      "lstm, last, both directions": Recurrent(
        .lstm, inputs: 3, hidden: 4, isBidirectional: true, output: .last, randomness: &chance),
      "gru": Recurrent(.gru, inputs: 4, hidden: 5, randomness: &chance),
      "gru, two layers, both directions": Recurrent(
        .gru, inputs: 6, hidden: 16, layers: 2, isBidirectional: true, randomness: &chance),
      "gru, last": Recurrent(
        .gru, inputs: 3, hidden: 4, bias: false, output: .last, randomness: &chance),
      "volume": Conv3D(inputs: 3, outputs: 4, kernel: 3, randomness: &chance),
      "volume, stride 2": Conv3D(
        inputs: 9, outputs: 5, kernel: 3, stride: 2, padding: .same, randomness: &chance),
      "volume, stem": Conv3D(
        inputs: 3, outputs: 17, kernel: 7, stride: 2, padding: .same, randomness: &chance),
      "volume, frames alone": Conv3D(
        inputs: 2, outputs: 8, kernel: size(5, 1), stride: size(2, 1), randomness: &chance),
      "volume, one pixel": Conv3D(inputs: 20, outputs: 18, kernel: 1, randomness: &chance),
      "largest": MaxPool3D(3, stride: 2, padding: .even(1)),
      "average": AveragePool3D(size(2, 7), stride: 1),
      "squash": Squash(),
      "routing": CapsuleRouting(
        inputs: 10, data: 8, outputs: 2, outputData: 4, iterations: 3, randomness: &chance),
      "statistics": StatisticsPool(),
      "cosine": CosineTransform(),
      "cosine, inverse": CosineTransform(.inverse),
      "fourier": FourierTransform(),
      "fourier, inverse": FourierTransform(.inverse),
      "phase only": Sequential.phaseOnly,
      "phasor": Polar(.phasor), "magnitude": Polar(.magnitude), "phase": Polar(.phase),
      "band": FrequencyBand(side: 5, band: 2...4, randomness: &chance),
      "statistics of bands": BandStatistics(window: 4, bands: 3, randomness: &chance),
      "mix attention": MixAttention(
        query: Conv2D(inputs: 6, outputs: 6, kernel: 1, randomness: &chance),
        key: Conv2D(inputs: 6, outputs: 6, kernel: 1, randomness: &chance)),
      "cross attention": CrossAttention(channels: 16, pixels: 6, randomness: &chance),
      "heads": MultiHeadAttention(channels: 6, heads: 3, randomness: &chance),
      "heads, first": MultiHeadAttention(
        channels: 6, heads: 2, queries: .first, randomness: &chance),
      "tokens": PatchTokens(
        Conv2D(
          inputs: 3, outputs: 5, kernel: 2, stride: 2, padding: 0, bias: false,
          randomness: &chance),
        count: 6, channels: 5, randomness: &chance),
      "largest channel": ChannelMax(),
      "first over time": TemporalPool(.first),
      "mean over time": TemporalPool(.mean),
      "largest over time": TemporalPool(.max),
    ]
  }

  private static let names = layers().keys.sorted()

  @Test(arguments: names)
  func outputsAndGradientsMatchPyTorch(name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "sequences", withExtension: "json", subdirectory: "Golden"))
    let all = try JSONDecoder().decode([String: Golden].self, from: Data(contentsOf: url))
    let golden = try #require(all[name])
    let layer = try #require(Self.layers()[name])
    for entry in layer.parameters {
      entry.parameter.plain = sines(entry.parameter.plainShape).scaled(by: 0.5)
    }
    var saved = Saved(.training)
    let y = layer.forward(sines(golden.input), saving: &saved)
    #expect(golden.y.isClose(to: y))
    let dx = layer.backward(cosines(y.shape), from: &saved)
    #expect(golden.dx.isClose(to: dx))
    #expect(saved.isEmpty)
    #expect(Set(layer.parameters.map(\.name)) == Set(golden.gradients.keys))
    for (key, gradient) in golden.gradients {
      let own = try #require(layer.parameters.first { $0.name == key })
      #expect(gradient.isClose(to: own.parameter.plainGradient), "\(key)")
    }
  }
}
