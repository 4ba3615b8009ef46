import Engine
import Testing

/// What holds for every optimizer.
@Suite struct OptimizerTests {
  private let methods: [OptimizerMethod] = [.sgd(momentum: 0.9), .adam(), .adamW()]

  /// Parameters small and large; the large ones are updated in parallel.
  private func parameters(seed: UInt64) -> [NamedParameter] {
    [("w", [100, 700]), ("b", [17])].map { name, shape in
      NamedParameter(name, Parameter(random(shape, seed: seed)))
    }
  }

  private func random(_ shape: [Int], seed: UInt64) -> Tensor {
    var randomness = RandomSource(seed: seed)
    return Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { _ in Float(randomness.normal()) })
  }

  private func fillGradients(_ parameters: [NamedParameter], seed: UInt64) {
    for named in parameters {
      named.parameter.gradient = random(named.parameter.value.shape, seed: seed)
    }
  }

  /// The fused pass against plain Swift, over sizes that end within a vector and a piece.
  @Test(arguments: [1, 15, 65536, 65537, 200_003])
  func fusedPassMatchesTheFormula(count: Int) {
    let parameter = Parameter(random([count], seed: 1))
    let gradient = random([count], seed: 2)
    var expected = parameter.value.values
    var optimizer = Optimizer(
      .adamW(weightDecay: 0.1), parameters: [NamedParameter("p", parameter)])
    parameter.gradient = gradient
    optimizer.step(learningRate: 0.01)
    for (index, g) in gradient.values.enumerated() {
      // The first step of Adam: both moments, corrected, are the gradient and its square.
      expected[index] -= 0.01 * 0.1 * expected[index] + 0.01 * g / (abs(g) + 1e-8)
    }
    let errors = zip(parameter.value.values, expected).map { abs($0 - $1) }
    #expect(errors.allSatisfy { $0 < 1e-5 })
  }

  @Test func anInfiniteGradientOfABiasChangesNothing() {
    for method in methods {
      for clipping in [nil, 1] as [Float?] {
        let parameters = parameters(seed: 1)
        var optimizer = Optimizer(method, parameters: parameters, clipping: clipping)
        fillGradients(parameters, seed: 2)
        parameters[1].parameter.gradient.write { $0[3] = .infinity }
        let before = parameters.map { $0.parameter.value.values }
        #expect(!optimizer.isFinite)
        let isFine = optimizer.step(learningRate: 0.1)
        #expect(!isFine)
        #expect(parameters.map { $0.parameter.value.values } == before)
        #expect(optimizer.state.allSatisfy { $0.tensor.values.allSatisfy { $0 == 0 } })
        #expect(optimizer.isFinite, "the gradients are cleared")
      }
    }
  }

  @Test func aNotANumberNeverReachesAWeight() {
    for method in methods {
      let parameters = parameters(seed: 1)
      var optimizer = Optimizer(method, parameters: parameters)
      fillGradients(parameters, seed: 2)
      parameters[0].parameter.gradient.write { $0[50_000] = .nan }
      let before = parameters[0].parameter.value.values
      let isFine = optimizer.step(learningRate: 0.1)
      #expect(!isFine)
      #expect(parameters[0].parameter.value.values[50_000] == before[50_000])
      #expect(parameters[0].parameter.value.values[49_999] != before[49_999])
      let tensors = parameters.map(\.parameter.value) + optimizer.state.map(\.tensor)
      #expect(tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
      fillGradients(parameters, seed: 3)
      let isFineAgain = optimizer.step(learningRate: 0.1)
      #expect(isFineAgain)
    }
  }

  @Test func clippingWithANotANumberChangesNothing() {
    let parameters = parameters(seed: 1)
    var optimizer = Optimizer(.adam(), parameters: parameters, clipping: 1)
    fillGradients(parameters, seed: 2)
    parameters[0].parameter.gradient.write { $0[50_000] = .nan }
    let before = parameters.map { $0.parameter.value.values }
    let isFine = optimizer.step(learningRate: 0.1)
    #expect(!isFine)
    #expect(parameters.map { $0.parameter.value.values } == before)
  }

  @Test func theNormIsThatOfAllGradientsTogether() {
    let parameters = parameters(seed: 1)
    let optimizer = Optimizer(.adam(), parameters: parameters)
    fillGradients(parameters, seed: 2)
    let squares = parameters.flatMap { $0.parameter.gradient.values }
      .reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(optimizer.gradientNorm - squares.squareRoot()) < 1e-9 * squares)
  }

  @Test func statisticsAndRepeatedParametersAreNotStepped() {
    let statistics = Parameter(Tensor(shape: [2], values: [1, 2]), isTrainable: false)
    let weight = Parameter(Tensor(shape: [1], values: [1]))
    var optimizer = Optimizer(
      .sgd(),
      parameters: [
        NamedParameter("a.weight", weight), NamedParameter("mean", statistics),
        NamedParameter("b.weight", weight),
      ])
    weight.gradient = Tensor(shape: [1], values: [1])
    optimizer.step(learningRate: 0.25)
    #expect(weight.value.values == [0.75])
    #expect(statistics.value.values == [1, 2])
    #expect(optimizer.state.map(\.name) == ["optimizer.steps", "optimizer.a.weight.velocity"])
  }

  @Test func aRestoredOptimizerGoesOnWithTheSameBits() throws {
    for method in methods {
      let (first, second) = (parameters(seed: 1), parameters(seed: 9))
      var uninterrupted = Optimizer(method, parameters: first)
      for step in 0..<3 {
        fillGradients(first, seed: UInt64(step))
        uninterrupted.step(learningRate: 0.01)
      }
      let saved = Checkpoint(
        tensors: (first.entries + uninterrupted.entries).map { ($0.name, $0.tensor) })
      var resumed = Optimizer(method, parameters: second)
      try second.restore(from: saved)
      try resumed.restore(from: saved)
      #expect(resumed.steps == 3)
      for parameters in [first, second] { fillGradients(parameters, seed: 7) }
      uninterrupted.step(learningRate: 0.01)
      resumed.step(learningRate: 0.01)
      for (a, b) in zip(first, second) { #expect(a.parameter.value == b.parameter.value) }
    }
  }

  @Test func anotherModelsStateIsRefusedInWords() {
    var optimizer = Optimizer(.adam(), parameters: parameters(seed: 1))
    let other = Optimizer(
      .adam(), parameters: [NamedParameter("w", Parameter(Tensor(zeros: [2, 2])))])
    #expect(
      throws: EngineError.mismatchedCheckpoint(
        path: "", reason: "'optimizer.w.first' has the shape [2, 2], not [100, 700]")
    ) {
      try optimizer.restore(from: Checkpoint(tensors: other.state))
    }
    #expect(
      throws: EngineError.mismatchedCheckpoint(path: "", reason: "'optimizer.w.first' is missing")
    ) {
      try optimizer.restore(from: Checkpoint(tensors: []))
    }
  }

  @Test func aStepAllocatesNoTensors() {
    let parameters = parameters(seed: 1)
    var optimizer = Optimizer(.adam(), parameters: parameters)
    var average = MovingAverage(parameters: parameters)
    optimizer.step(learningRate: 0.1)
    average.update()
    // Other tests allocate meanwhile: one quiet step among many proves it.
    let isQuiet = (0..<50).contains { _ in
      let before = TensorMemory.allocations
      optimizer.step(learningRate: 0.1)
      average.update()
      return TensorMemory.allocations == before
    }
    #expect(isQuiet)
  }
}
