import Engine
import Testing

/// The moving average of the weights.
@Suite struct MovingAverageTests {
  private func parameter(_ values: [Float], isTrainable: Bool = true) -> NamedParameter {
    NamedParameter(
      "p", Parameter(Tensor(shape: [values.count], values: values), isTrainable: isTrainable))
  }

  @Test func updatesFollowTheFormula() {
    let named = parameter([1, 10])
    var average = MovingAverage(decay: 0.75, parameters: [named], isWarmingUp: false)
    named.parameter.value = Tensor(shape: [2], values: [5, 2])
    average.update()
    average.swap()
    #expect(named.parameter.value.values == [2, 8])
    average.swap()
    #expect(named.parameter.value.values == [5, 2])
  }

  @Test(arguments: [65_536, 65_537, 150_001])
  func theWholeTeamFollowsTheFormula(count: Int) {
    let named = parameter((0..<count).map { Float($0 % 1000) })
    var average = MovingAverage(decay: 0.5, parameters: [named], isWarmingUp: false)
    named.parameter.value = Tensor(shape: [count], values: (0..<count).map { Float($0 % 10) })
    average.update()
    average.swap()
    let expected = (0..<count).map { Float($0 % 1000 + $0 % 10) / 2 }
    #expect(named.parameter.value.values == expected)
  }

  @Test func theDecayWarmsUp() {
    // After t updates min(0.999, (1 + t) / (10 + t)): first 0.1, then 2/11.
    let named = parameter([0])
    var average = MovingAverage(decay: 0.999, parameters: [named])
    named.parameter.value = Tensor(shape: [1], values: [1])
    average.update()
    average.update()
    average.swap()
    #expect(abs(named.parameter.value.values[0] - (1 - 0.1 * 2 / 11)) < 1e-6)
  }

  @Test func trainingBetweenSwapsLeavesTheAverageAlone() {
    let named = parameter([1, 2, 3])
    var optimizer = Optimizer(.sgd(), parameters: [named])
    let average = MovingAverage(parameters: [named])
    named.parameter.gradient = Tensor(shape: [3], values: [1, 1, 1])
    optimizer.step(learningRate: 1)
    #expect(named.parameter.value.values == [0, 1, 2])
    #expect(average.entries.count == 2)
    #expect(average.entries[1].name == "average.p")
    var copy = average
    copy.swap()
    #expect(named.parameter.value.values == [1, 2, 3])
  }

  @Test func statisticsAreAveragedToo() {
    let named = parameter([0], isTrainable: false)
    var average = MovingAverage(decay: 0.5, parameters: [named], isWarmingUp: false)
    named.parameter.value = Tensor(shape: [1], values: [8])
    average.update()
    average.swap()
    #expect(named.parameter.value.values == [4])
  }

  @Test func aRestoredAverageGoesOnWithTheSameBits() throws {
    let (first, second) = (parameter([1, 2]), parameter([7, 7]))
    var uninterrupted = MovingAverage(parameters: [first])
    first.parameter.value = Tensor(shape: [2], values: [0.3, 0.1])
    for _ in 0..<5 { uninterrupted.update() }
    var resumed = MovingAverage(parameters: [second])
    try resumed.restore(
      from: Checkpoint(tensors: uninterrupted.entries.map { ($0.name, $0.tensor) }))
    second.parameter.value = first.parameter.value
    #expect(resumed.updates == 5)
    uninterrupted.update()
    resumed.update()
    uninterrupted.swap()
    resumed.swap()
    #expect(first.parameter.value == second.parameter.value)
  }
}
