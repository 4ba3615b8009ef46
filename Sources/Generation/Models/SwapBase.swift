public import Engine

/// The model that `fast` swap models begin from: its encoder, and one decoder for many people.
///
/// The decoder is `fast`'s, whose channels before each of the three upsamplings are scaled by factors of
/// the person (the modulation of StyleGAN2, Karras and others 2020). The same code decoded with the
/// factors of another person is a swap, so that pictures of several people in the same scene teach the
/// encoder what to leave out. With the factors of one person, or with their mean, the scaled decoder is
/// again an ordinary decoder of `fast`.
public struct SwapBase {
  /// The number of people.
  public let people: Int

  /// `[N, 64, 64, 3]` in 0…1 to the code, flattened.
  private let encoder: Sequential
  /// The code and a person each to `[N, 64, 64, 3]` in 0…1.
  private let decoder: Sequential
  private let stages: [Stage]
  /// The layers without factors: two residual blocks, and the last convolution.
  private let blocks: [any Layer]

  /// The values of a code.
  private static let codeLength = 4 * 4 * 192

  /// A convolution before an upsampling, and the factors on its outputs for each person.
  private struct Stage {
    let convolution: Conv2D
    let factors: Dense
  }

  /// A model with initial weights, determined by `randomness`.
  public init(people: Int, randomness: RandomSource) {
    precondition(people > 0, "a base of no people")
    self.people = people
    encoder = Sequential([
      fastTrees(randomness.split(0), channels: 3).encoder, Flatten(),
    ])
    var chance = randomness.split(1)
    let places = SwapBase.codeLength..<SwapBase.codeLength + people
    let widths: [(inputs: Int, outputs: Int)] = [(192, 96), (96, 48), (48, 32)]
    stages = widths.map { widths in
      let factors = Dense(
        inputs: people, outputs: 4 * widths.outputs, gain: 0.5, randomness: &chance)
      factors.parameters.named("bias").plain = Tensor(
        shape: [4 * widths.outputs], values: Array(repeating: 1, count: 4 * widths.outputs))
      return Stage(
        convolution: Conv2D(
          inputs: widths.inputs, outputs: 4 * widths.outputs, kernel: 3, randomness: &chance),
        factors: factors)
    }
    blocks = [
      residual(96, &chance), residual(48, &chance),
      Conv2D(inputs: 32, outputs: 12, kernel: 3, gain: 0.3, randomness: &chance),
    ]
    var features: any Layer = Sequential([
      Engine.Channels(0..<SwapBase.codeLength), Reshape([4, 4, 192]),
    ])
    for (stage, block) in zip(stages, blocks) {
      features = Sequential([
        Gated(
          gate: Sequential([Engine.Channels(places), stage.factors]),
          body: Sequential([features, stage.convolution])),
        Activate(.leakyReLU(0.1)), PixelShuffle(2), block,
      ])
    }
    decoder = Sequential([features, PixelShuffle(2), Activate(.sigmoid)])
  }

  /// The parameters that the optimizer updates and checkpoints store, in a fixed order.
  public var parameters: [NamedParameter] {
    encoder.parameters.under("encoder")
      + stages.enumerated().flatMap { index, stage in
        stage.convolution.parameters.under("stages.\(index)")
          + stage.factors.parameters.under("factors.\(index)")
      }
      + blocks.enumerated().flatMap { $1.parameters.under("blocks.\($0)") }
  }

  /// Faces with the pose, expression and light of others, `[N, 64, 64, 3]` in 0…1.
  ///
  /// - Parameter whose: the person of each, below `people`.
  public func swap(_ faces: Tensor, to whose: [Int]) -> Tensor {
    decoder(Tensor.besides([encoder(faces), choices(whose)]))
  }

  /// Adds the gradient of a loss of swapped faces to the parameters.
  ///
  /// - Returns: the value of the loss.
  func learn(
    from faces: Tensor, to whose: [Int], loss: (_ made: Tensor) -> LossValue
  ) -> Float {
    var (encoded, decoded) = (Saved(.training), Saved(.training))
    let code = encoder.forward(faces, saving: &encoded)
    let made = decoder.forward(Tensor.besides([code, choices(whose)]), saving: &decoded)
    let value = loss(made)
    let gradient = decoder.backward(value.gradient, from: &decoded)
    _ = encoder.backward(gradient.channels(0..<SwapBase.codeLength), from: &encoded)
    return value.value
  }

  /// A row for each face with 1 at its person, `[N, people]`.
  private func choices(_ whose: [Int]) -> Tensor {
    var values = [Float](repeating: 0, count: whose.count * people)
    for (row, person) in whose.enumerated() { values[row * people + person] = 1 }
    return Tensor(shape: [whose.count, people], values: values)
  }

  /// A swap model whose encoder is this one, and whose decoders are that of one person each.
  ///
  /// - Parameter people: the people of A and B; nil for the mean of all.
  public func model(of people: (a: Int, b: Int)? = nil) -> SwapModel {
    let model = SwapModel(.fast, randomness: RandomSource(seed: 0))
    model.encoder.parameters.copy(encoder.parameters.map { $0.parameter })
    model.decoderA.parameters.copy(folded(people?.a))
    model.decoderB.parameters.copy(folded(people?.b))
    return model
  }

  /// The parameters of `fast`'s decoder for one person, in its order.
  private func folded(_ person: Int?) -> [Parameter] {
    let scaled = stages.map { stage in
      let factors = factors(stage.factors, of: person)
      return stage.convolution.parameters.map { named in
        let plain = named.parameter.plain
        let length = plain.count / factors.count
        return Parameter(
          plain.read { values in
            Tensor(
              shape: plain.shape, values: values.indices.map { values[$0] * factors[$0 / length] })
          })
      }
    }
    let plain = blocks.map { $0.parameters.map(\.parameter) }
    return scaled[0] + plain[0] + scaled[1] + plain[1] + scaled[2] + plain[2]
  }

  /// The factors of one person, or the mean of all.
  private func factors(_ layer: Dense, of person: Int?) -> [Float] {
    let bias = layer.parameters.named("bias").plain
    let weight = layer.parameters.named("weight").plain
    return bias.read { bias in
      weight.read { weight in
        bias.indices.map { row in
          let own = (0..<people).map { weight[row * people + $0] }
          return bias[row] + (person.map { own[$0] } ?? own.reduce(0, +) / Float(people))
        }
      }
    }
  }
}

extension [NamedParameter] {
  /// The parameter of a name that is known to be there.
  fileprivate func named(_ name: String) -> Parameter {
    guard let own = first(where: { $0.name == name }) else {
      preconditionFailure("no parameter '\(name)'")
    }
    return own.parameter
  }

  /// Copies the values of other parameters of the same shapes, in the same order.
  fileprivate func copy(_ others: [Parameter]) {
    precondition(count == others.count, "\(count) parameters from \(others.count)")
    for (named, other) in zip(self, others) {
      precondition(named.parameter.plainShape == other.plainShape, "\(named.name)")
      named.parameter.plain = other.plain
    }
  }
}
