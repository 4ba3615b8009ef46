import Engine
import TestSupport
import Testing

/// y = x², with its backward pass off by a factor.
private struct Square: Layer {
  let fault: Float
  let leftover: Bool

  var node: LayerNode {
    let factors: [any Layer] = [Activate(.identity), Activate(.identity)]
    return LayerNode(.product, children: [("gate", factors[0]), ("body", factors[1])])
  }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    if leftover { saved.push(x) }
    saved.push(x)
    return Tensor(shape: x.shape, values: x.values.map { $0 * $0 })
  }

  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let x = saved.pop()
    return Tensor(
      shape: x.shape, values: zip(x.values, dy.values).map { 2 * $0 * $1 * (1 + fault) })
  }
}

/// y = x + p, with the parameter's gradient off by a factor.
private struct Shift: Layer {
  let fault: Float
  let parameter: Parameter

  var node: LayerNode {
    LayerNode(.activation(.identity), parameters: [NamedParameter("shift", parameter)])
  }

  func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    Tensor(shape: x.shape, values: zip(x.values, parameter.value.values).map { $0 + $1 })
  }

  func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let sums = zip(parameter.gradient.values, dy.values).map { $0 + $1 * (1 + fault) }
    parameter.gradient = Tensor(shape: dy.shape, values: sums)
    return dy
  }
}

@Suite struct GradientCheckTests {
  @Test func aSoundLayerPasses() {
    let layer = Square(fault: 0, leftover: false)
    #expect(gradientError(of: layer, at: .random([3, 5], seed: 1)) < 1e-3)
    let shift = Shift(fault: 0, parameter: Parameter(.random([3, 5], seed: 2)))
    #expect(gradientError(of: shift, at: .random([3, 5], seed: 1)) < 1e-3)
  }

  @Test(arguments: [0.01, -0.01] as [Float])
  func aFaultOfOnePercentFails(fault: Float) {
    let layer = Square(fault: fault, leftover: false)
    #expect(gradientError(of: layer, at: .random([3, 5], seed: 1)) > 5e-3)
    let shift = Shift(fault: fault, parameter: Parameter(.random([3, 5], seed: 2)))
    #expect(gradientError(of: shift, at: .random([3, 5], seed: 1)) > 5e-3)
  }

  @Test func somethingLeftOnTheStackFails() {
    let layer = Square(fault: 0, leftover: true)
    #expect(gradientError(of: layer, at: .random([3, 5], seed: 1)) == .infinity)
  }

  @Test func theParametersAreLeftAsTheyWere() {
    let shift = Shift(fault: 0, parameter: Parameter(.random([3, 5], seed: 2)))
    _ = gradientError(of: shift, at: .random([3, 5], seed: 1))
    #expect(shift.parameter.value == .random([3, 5], seed: 2))
  }
}
