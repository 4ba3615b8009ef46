import Engine
import Foundation
import TestSupport
import Testing

@Suite struct ActivationTests {
  static let all: [Activation] = [
    .identity, .leakyReLU(0.1), .relu, .relu6, .silu, .gelu, .quickGELU, .sigmoid, .tanh,
    .hardTanh(3),
  ]
  static let shapes = [[1, 1, 1, 1], [2, 3, 5, 7], [1, 3, 3, 1], [5, 11]]

  @Test(arguments: all, shapes)
  func gradientsMatchFiniteDifferences(activation: Activation, shape: [Int]) {
    let x = Tensor.randomAwayFromZero(shape, seed: 3)
    #expect(gradientError(of: Activate(activation), at: x) < 1e-3)
  }

  @Test func forwardMatchesPyTorch() {
    // >>> x = torch.tensor([-3., -0.5, 0., 0.25, 2.])
    let x = Tensor(shape: [5], values: [-3, -0.5, 0, 0.25, 2])
    let expected: [(Activation, [Float])] = [
      // >>> F.leaky_relu(x, 0.1)
      (.leakyReLU(0.1), [-0.3, -0.05, 0, 0.25, 2]),
      // >>> F.relu(x)
      (.relu, [0, 0, 0, 0.25, 2]),
      // >>> F.relu6(x)
      (.relu6, [0, 0, 0, 0.25, 2]),
      // >>> F.silu(x)
      (.silu, [-0.142277613, -0.188770339, 0, 0.140544131, 1.761594057]),
      // >>> F.gelu(x)
      (.gelu, [-0.004049867, -0.154268786, 0, 0.149676561, 1.95449996]),
      // >>> x * torch.sigmoid(1.702 * x)
      (.quickGELU, [-0.01807131, -0.149611563, 0, 0.15119965, 1.935658623]),
      // >>> torch.sigmoid(x)
      (.sigmoid, [0.047425874, 0.377540678, 0.5, 0.562176526, 0.880797029]),
      // >>> torch.tanh(x)
      (.tanh, [-0.995054781, -0.462117165, 0, 0.244918659, 0.964027584]),
      // >>> F.hardtanh(x, -0.4, 0.4)
      (.hardTanh(0.4), [-0.4, -0.4, 0, 0.25, 0.4]),
    ]
    for (activation, values) in expected {
      let y = Activate(activation)(x)
      #expect(allClose(y, Tensor(shape: [5], values: values), tolerance: 1e-6), "\(activation)")
    }
  }

  @Test func relu6IsItsDefinition() {
    let x = Tensor.random([3, 5, 7, 33], in: -4...10, seed: 8)
    let dy = Tensor.random(x.shape, seed: 9)
    var saved = Saved(.training)
    let y = Activate(.relu6).forward(x, saving: &saved)
    #expect(y.values == x.values.map { min(max($0, 0), 6) })
    let dx = Activate(.relu6).backward(dy, from: &saved)
    #expect(dx.values == zip(x.values, dy.values).map { (0...6).contains($0) ? $1 : 0 })
    #expect(
      gradientError(of: Activate(.relu6), at: Tensor(shape: [3], values: [5.5, 6.5, 9])) < 1e-3)
    // >>> x = torch.tensor([0., 6.], requires_grad=True); F.relu6(x).sum().backward(); x.grad
    let edges = Tensor(shape: [2], values: [0, 6])
    #expect(Activate(.relu6)(edges) == edges)
    saved = Saved(.training)
    _ = Activate(.relu6).forward(edges, saving: &saved)
    #expect(Activate(.relu6).backward(edges, from: &saved).values == [0, 0])
  }

  @Test func hardTanhIsItsDefinition() {
    let x = Tensor(shape: [5], values: [-7, -3, 1.5, 3, 4])
    var saved = Saved(.training)
    let y = Activate(.hardTanh(3)).forward(x, saving: &saved)
    #expect(y.values == [-3, -3, 1.5, 3, 3])
    // >>> F.hardtanh(x, -3, 3).sum().backward(); x.grad
    #expect(
      Activate(.hardTanh(3)).backward(
        Tensor(shape: [5], values: [1, 1, 1, 1, 1]), from: &saved
      ).values == [0, 0, 1, 0, 0])
    #expect(Activate(.hardTanh(3))(Tensor(shape: [1], values: [.nan])).values[0].isNaN)
  }

  @Test func functionsAreAccurateToTwoUnitsInTheLastPlace() {
    let xs = (-4000...4000).map { Float($0) * 0.011 }
    func worst(_ activation: Activation, _ exact: (Double) -> Double) -> Double {
      let ys = Activate(activation)(Tensor(shape: [xs.count], values: xs)).values
      return zip(xs, ys).reduce(0) { worst, pair in
        let value = exact(Double(pair.0))
        return max(worst, abs(Double(pair.1) - value) / Double(Float(value).ulp))
      }
    }
    #expect(worst(.sigmoid) { 1 / (1 + exp(-$0)) } < 2)
    #expect(worst(.tanh) { tanh($0) } < 2)
    #expect(worst(.silu) { $0 / (1 + exp(-$0)) } < 2.5)
  }

  @Test func geluIsExactToRounding() {
    let xs = (-4000...4000).map { Float($0) * 0.0025 }
    let ys = Activate(.gelu)(Tensor(shape: [xs.count], values: xs)).values
    for (x, y) in zip(xs, ys) {
      let exact = 0.5 * Double(x) * (1 + erf(Double(x) / 2.0.squareRoot()))
      #expect(abs(Double(y) - exact) <= 1.2e-7 * Double(max(0.25, abs(x))), "at \(x)")
    }
  }

  @Test func extremesSaturateAndNaNStays() {
    let x = Tensor(shape: [4], values: [-.infinity, .infinity, -200, .nan])
    let y = Activate(.sigmoid)(x).values
    let t = Activate(.tanh)(x).values
    #expect(t[0] == -1 && t[1] == 1 && t[2] == -1 && t[3].isNaN)
    #expect(y[0] == 0 && y[1] == 1 && y[2] < 1e-38 && y[3].isNaN)
    #expect(Activate(.relu)(x).values[3].isNaN)
    let six = Activate(.relu6)(x).values
    #expect(six[0] == 0 && six[1] == 6 && six[3].isNaN)
  }

  @Test(arguments: all)
  func bfloat16IsCloseToFloat32(activation: Activation) {
    let x = Tensor.random([3, 5, 7, 33], in: -3...3, seed: 4).converted(to: .bfloat16)
    let dy = Tensor.random([3, 5, 7, 33], seed: 5).converted(to: .bfloat16)
    let layer = Activate(activation)
    var half = Saved(.training)
    var full = Saved(.training)
    let y = layer.forward(x, saving: &half)
    let wide = layer.forward(x.converted(to: .float32), saving: &full)
    #expect(y.precision == .bfloat16)
    #expect(allClose(y, wide, tolerance: 5e-3))
    let dx = layer.backward(dy, from: &half)
    #expect(dx.precision == .bfloat16)
    #expect(
      allClose(dx, layer.backward(dy.converted(to: .float32), from: &full), tolerance: 2e-2))
  }

  @Test func manyThreadsAndOneGiveTheSameBits() {
    let x = Tensor.random([70_001], in: -3...3, seed: 6)
    let once = Activate(.silu)(x)
    let again = Tensor(
      shape: [70_001],
      values: x.values.flatMap { Activate(.silu)(Tensor(shape: [1], values: [$0])).values })
    #expect(once == again)
  }
}
