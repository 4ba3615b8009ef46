internal import Engine
internal import Foundation

/// Functions of single elements, and of two.
extension GradientRules {
  /// dy/dx of an element, from x and y.
  typealias Slope = @Sendable (_ x: Float, _ y: Float) -> Float

  static let elementwise: [String: GradientRule] = plainSlopes.mapValues { slope in
    rule { (_) throws(OperatorFault) in slope }
  }.merging(shapedSlopes.mapValues(rule)) { $1 }

  private static func rule(
    _ slope: @escaping @Sendable (OperatorCall) throws(OperatorFault) -> Slope
  ) -> GradientRule {
    { (call) throws(OperatorFault) in
      let slope = try slope(call.call)
      let (x, y, dy) = (try call.x(), try call.y(), try call.dy())
      var dx = dy
      dx.write { dx in
        x.read { x in
          y.read { y in for index in dx.indices { dx[index] *= slope(x[index], y[index]) } }
        }
      }
      return [dx]
    }
  }

  private static func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }

  private static let plainSlopes: [String: Slope] = [
    "Relu": { x, _ in x > 0 ? 1 : 0 },
    "Sigmoid": { _, y in y * (1 - y) },
    "Tanh": { _, y in 1 - y * y },
    "HardSwish": { x, _ in x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5 },
    "Softplus": { x, _ in sigmoid(x) },
    "Softsign": { x, _ in 1 / ((1 + abs(x)) * (1 + abs(x))) },
    "Mish": { x, _ in
      let t = tanhf(x > 30 ? x : log1pf(expf(x)))
      return t + x * (1 - t * t) * sigmoid(x)
    },
    "Erf": { x, _ in 2 / Float.pi.squareRoot() * expf(-x * x) },
    "Exp": { _, y in y },
    "Log": { x, _ in 1 / x },
    // The length of a capsule may be 0, where the slope is infinite: none is taken.
    "Sqrt": { _, y in y > 0 ? 0.5 / y : 0 },
    "Reciprocal": { _, y in -y * y },
    "Abs": { x, _ in x > 0 ? 1 : x < 0 ? -1 : 0 },
    "Neg": { _, _ in -1 },
    "Sin": { x, _ in cosf(x) },
    "Cos": { x, _ in -sinf(x) },
  ]

  private static let shapedSlopes:
    [String: @Sendable (OperatorCall) throws(OperatorFault) -> Slope] = [
      "LeakyRelu": { (call) throws(OperatorFault) in
        let alpha = Float(try call.real("alpha", default: 0.01))
        return { x, _ in x < 0 ? alpha : 1 }
      },
      "Elu": { (call) throws(OperatorFault) in
        let alpha = Float(try call.real("alpha", default: 1))
        return { x, y in x < 0 ? y + alpha : 1 }
      },
      "Selu": { (call) throws(OperatorFault) in
        let alpha = Float(try call.real("alpha", default: 1.67326319217681884765625))
        let gamma = Float(try call.real("gamma", default: 1.05070102214813232421875))
        return { x, y in x > 0 ? gamma : y + gamma * alpha }
      },
      "HardSigmoid": { (call) throws(OperatorFault) in
        let alpha = Float(try call.real("alpha", default: 0.2))
        return { _, y in y > 0 && y < 1 ? alpha : 0 }
      },
      "Swish": { (call) throws(OperatorFault) in
        let alpha = Float(try call.real("alpha", default: 1))
        return { x, _ in
          let s = sigmoid(alpha * x)
          return s + alpha * x * s * (1 - s)
        }
      },
      "Gelu": { (call) throws(OperatorFault) in
        guard try call.text("approximate", default: "none") == "tanh" else {
          return { x, _ in
            0.5 * (1 + erff(x * Float(0.5).squareRoot()))
              + x * expf(-x * x / 2) / (2 * Float.pi).squareRoot()
          }
        }
        let factor = (2 / Float.pi).squareRoot()
        return { x, _ in
          let t = tanhf(factor * (x + 0.044715 * x * x * x))
          return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * factor * (1 + 0.134145 * x * x)
        }
      },
      "Clip": { (call) throws(OperatorFault) in
        let low = try call.real("min", default: call.optional(1)?.doubles.first ?? -.infinity)
        let high = try call.real("max", default: call.optional(2)?.doubles.first ?? .infinity)
        let range = (Float(low), Float(high))
        return { x, _ in x >= range.0 && x <= range.1 ? 1 : 0 }
      },
    ]

  static let pairs: [String: GradientRule] = [
    "Add": { (call) throws(OperatorFault) in try sum(call) },
    "Sum": { (call) throws(OperatorFault) in try sum(call) },
    "Sub": { (call) throws(OperatorFault) in
      let dy = try call.dy()
      return [
        reduced(dy, to: try call.x(0).shape), reduced(dy.scaled(by: -1), to: try call.x(1).shape),
      ]
    },
    "Mul": { (call) throws(OperatorFault) in
      let (a, b, dy) = (try call.x(0), try call.x(1), try call.dy())
      return [
        reduced(try combined(.product, dy, b), to: a.shape),
        reduced(try combined(.product, dy, a), to: b.shape),
      ]
    },
    "Div": { (call) throws(OperatorFault) in
      let (a, b, y, dy) = (try call.x(0), try call.x(1), try call.y(), try call.dy())
      let da = try combined(.quotient, dy, b)
      return [
        reduced(da, to: a.shape),
        reduced(try combined(.product, da, y).scaled(by: -1), to: b.shape),
      ]
    },
    "Pow": { (call) throws(OperatorFault) in
      let (a, b, dy) = (try call.x(0), try call.x(1), try call.dy())
      let base = stretched(a, to: dy.shape).values
      let power = stretched(b, to: dy.shape).values
      var da = dy
      da.write { da in
        for index in da.indices { da[index] *= power[index] * powf(base[index], power[index] - 1) }
      }
      // Exponents are constants.
      return [reduced(da, to: a.shape), nil]
    },
    "PRelu": { (call) throws(OperatorFault) in
      let (x, dy) = (try call.x(0), try call.dy())
      let slopes = stretched(try call.x(1), to: x.shape).values
      var dx = dy
      dx.write { dx in
        x.read { x in for index in dx.indices where x[index] < 0 { dx[index] *= slopes[index] } }
      }
      return [dx, nil]
    },
    "Where": { (call) throws(OperatorFault) in
      let dy = try call.dy()
      let chosen = stretched(try call.x(0), to: dy.shape)
      var other = chosen
      other.write { other in for index in other.indices { other[index] = 1 - other[index] } }
      return [
        nil, reduced(try combined(.product, dy, chosen), to: try call.x(1).shape),
        reduced(try combined(.product, dy, other), to: try call.x(2).shape),
      ]
    },
  ]

  private static func sum(_ call: GradientCall) throws(OperatorFault) -> [Tensor?] {
    let dy = try call.dy()
    return try call.call.allInputs().map { reduced(dy, to: $0.shape) }
  }
}
