internal import Engine
internal import Foundation

/// Functions of each element; shapes and types stay as they are.
enum UnaryOperators {
  static let all: [OperatorDefinition] = definitions.map(accelerated)

  private static let definitions: [OperatorDefinition] =
    functions + activations + [
      OperatorDefinition("Abs", 1...1) { call throws(OperatorFault) in
        try signed(call, { abs($0) }, { abs($0) }) { $0 < 0 ? 0 &- $0 : $0 }
      },
      OperatorDefinition("Neg", 1...1) { call throws(OperatorFault) in
        try signed(call, { -$0 }, { -$0 }) { 0 &- $0 }
      },
      OperatorDefinition("Sign", 1...1) { call throws(OperatorFault) in
        try signed(call, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }) {
          $0.signum()
        }
      },
      OperatorDefinition("Identity", 1...1) { call throws(OperatorFault) in [try call.input(0)] },
      OperatorDefinition("Not", 1...1) { call throws(OperatorFault) in
        let x = try call.input(0)
        return [Value(.bool, x.shape, .integer(try x.integers().map { $0 == 0 ? 1 : 0 }))]
      },
      OperatorDefinition("BitwiseNot", 1...1) { call throws(OperatorFault) in
        let x = try call.input(0)
        return [Value(x.type, x.shape, integers: try x.integers().map { ~$0 })]
      },
      OperatorDefinition("IsNaN", 1...1) { call throws(OperatorFault) in
        [try call.input(0).tested(\.isNaN)]
      },
      OperatorDefinition("IsInf", 1...1) { call throws(OperatorFault) in
        let positive = try call.flag("detect_positive", default: true)
        let negative = try call.flag("detect_negative", default: true)
        return [
          try call.input(0).tested { $0.isInfinite && ($0 > 0 ? positive : negative) }
        ]
      },
      OperatorDefinition("Clip", 1...3, clip),
      OperatorDefinition("Dropout", 1...3, dropout),
    ]

  /// The same operator, on float32 numbers by the engine where it has the function.
  private static func accelerated(_ definition: OperatorDefinition) -> OperatorDefinition {
    OperatorDefinition(definition.name, definition.inputs) { call throws(OperatorFault) in
      if let x = call.optional(0), case .float(let tensor) = x.elements,
        let result = try engine(call, tensor)
      {
        return [Value(x.type, x.shape, .float(result))]
      }
      return try definition.compute(call)
    }
  }

  /// What the engine makes of numbers; nil where it has no such function.
  private static func engine(
    _ call: OperatorCall, _ x: Tensor
  ) throws(OperatorFault) -> Tensor? {
    switch call.node.operation {
    case "Exp": return x.mapped(.exponential)
    case "Erf": return x.mapped(.errorFunction)
    case "Sqrt": return x.mapped(.squareRoot)
    case "Relu": return x.activated(.relu)
    case "Tanh": return x.activated(.tanh)
    case "Sigmoid": return x.activated(.sigmoid)
    case "HardSwish": return x.mapped(.hardSwish(slope: 1 / 6, offset: 0.5))
    case "LeakyRelu":
      let slope = Float(try call.real("alpha", default: 0.01))
      return slope >= 0 ? x.activated(.leakyReLU(slope)) : nil
    case "Gelu":
      return try call.text("approximate", default: "none") == "none" ? x.activated(.gelu) : nil
    case "Swish":
      let alpha = try call.real("alpha", default: 1)
      return alpha == 1
        ? x.activated(.silu) : abs(alpha - 1.702) < 1e-6 ? x.activated(.quickGELU) : nil
    case "Clip":
      let low = try call.real("min", default: call.optional(1)?.doubles.first ?? -.infinity)
      let high = try call.real("max", default: call.optional(2)?.doubles.first ?? .infinity)
      return x.mapped(.between(Float(min(low, high)), Float(high)))
    default: return nil
    }
  }

  private static func signed(
    _ call: OperatorCall, _ float: @Sendable (Float) -> Float, _ double: (Double) -> Double,
    _ integer: (Int64) -> Int64
  ) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    if case .integer(let values) = x.elements {
      return [Value(x.type, x.shape, integers: x.type.isUnsigned ? values : values.map(integer))]
    }
    return [try x.mapped(float, double)]
  }

  /// The functions of real numbers that have no attributes.
  private static let functions: [OperatorDefinition] =
    [
      function("Ceil") { $0.rounded(.up) },
      function("Floor") { $0.rounded(.down) },
      function("Round") { $0.rounded(.toNearestOrEven) },
      function("Log") { log($0) },
      function("Sin") { sin($0) },
      function("Cos") { cos($0) },
      function("Tan") { tan($0) },
      function("Asin") { asin($0) },
      function("Acos") { acos($0) },
      function("Atan") { atan($0) },
      function("Sinh") { sinh($0) },
      function("Cosh") { cosh($0) },
      function("Asinh") { asinh($0) },
      function("Acosh") { acosh($0) },
      function("Atanh") { atanh($0) },
      function("Softplus") { $0 > 30 ? $0 : log1p(exp($0)) },
      function("Mish") { $0 * tanh($0 > 30 ? $0 : log1p(exp($0))) },
    ] + [
      OperatorDefinition("Exp", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ expf($0) }, { exp($0) })]
      },
      OperatorDefinition("Sqrt", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ $0.squareRoot() }, { $0.squareRoot() })]
      },
      OperatorDefinition("Reciprocal", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ 1 / $0 }, { 1 / $0 })]
      },
      OperatorDefinition("Erf", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ erff($0) }, { erf($0) })]
      },
      OperatorDefinition("Tanh", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ tanhf($0) }, { tanh($0) })]
      },
      OperatorDefinition("Sigmoid", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ 1 / (1 + expf(-$0)) }, { 1 / (1 + exp(-$0)) })]
      },
      OperatorDefinition("Softsign", 1...1) { call throws(OperatorFault) in
        [try call.input(0).mapped({ $0 / (1 + abs($0)) }, { $0 / (1 + abs($0)) })]
      },
      OperatorDefinition("HardSwish", 1...1) { call throws(OperatorFault) in
        [
          try call.input(0).mapped(
            { $0 * max(0, min(1, $0 / 6 + 0.5)) }, { $0 * max(0, min(1, $0 / 6 + 0.5)) })
        ]
      },
      OperatorDefinition("Relu", 1...1) { call throws(OperatorFault) in
        try signed(call, { $0 < 0 ? 0 : $0 }, { $0 < 0 ? 0 : $0 }) { max(0, $0) }
      },
    ]

  private static func function(
    _ name: String, _ function: @escaping @Sendable (Double) -> Double
  ) -> OperatorDefinition {
    OperatorDefinition(name, 1...1) { call throws(OperatorFault) in
      [try call.input(0).mapped(function)]
    }
  }

  /// The activations that attributes shape.
  private static let activations: [OperatorDefinition] = [
    OperatorDefinition("LeakyRelu", 1...1) { call throws(OperatorFault) in
      let alpha = try call.real("alpha", default: 0.01)
      let slope = Float(alpha)
      return [try call.input(0).mapped({ $0 < 0 ? slope * $0 : $0 }, { $0 < 0 ? alpha * $0 : $0 })]
    },
    OperatorDefinition("Elu", 1...1) { call throws(OperatorFault) in
      let alpha = try call.real("alpha", default: 1)
      return [try call.input(0).mapped { $0 < 0 ? alpha * expm1($0) : $0 }]
    },
    OperatorDefinition("Celu", 1...1) { call throws(OperatorFault) in
      let alpha = try call.real("alpha", default: 1)
      return [try call.input(0).mapped { max(0, $0) + min(0, alpha * expm1($0 / alpha)) }]
    },
    OperatorDefinition("Selu", 1...1) { call throws(OperatorFault) in
      let alpha = try call.real("alpha", default: 1.67326319217681884765625)
      let gamma = try call.real("gamma", default: 1.05070102214813232421875)
      return [try call.input(0).mapped { gamma * ($0 > 0 ? $0 : alpha * expm1($0)) }]
    },
    OperatorDefinition("ThresholdedRelu", 1...1) { call throws(OperatorFault) in
      let alpha = try call.real("alpha", default: 1)
      return [try call.input(0).mapped { $0 > alpha ? $0 : 0 }]
    },
    OperatorDefinition("HardSigmoid", 1...1) { call throws(OperatorFault) in
      let alpha = Float(try call.real("alpha", default: 0.2))
      let beta = Float(try call.real("beta", default: 0.5))
      return [
        try call.input(0).mapped(
          { max(0, min(1, alpha * $0 + beta)) },
          { max(0, min(1, Double(alpha) * $0 + Double(beta))) })
      ]
    },
    OperatorDefinition("Shrink", 1...1) { call throws(OperatorFault) in
      let bias = try call.real("bias", default: 0)
      let lambda = try call.real("lambd", default: 0.5)
      let x = try call.input(0)
      return [
        Value(
          x.type, x.shape,
          doubles: x.doubles.map { $0 < -lambda ? $0 + bias : $0 > lambda ? $0 - bias : 0 })
      ]
    },
    OperatorDefinition("Gelu", 1...1) { call throws(OperatorFault) in
      let isApproximate = try call.text("approximate", default: "none") == "tanh"
      let x = try call.input(0)
      guard isApproximate else {
        return [
          try x.mapped(
            { 0.5 * $0 * (1 + erff($0 * Float(0.5).squareRoot())) },
            { 0.5 * $0 * (1 + erf($0 * 0.5.squareRoot())) })
        ]
      }
      return [
        try x.mapped {
          0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
        }
      ]
    },
    OperatorDefinition("Swish", 1...1) { call throws(OperatorFault) in
      let alpha = Float(try call.real("alpha", default: 1))
      return [
        try call.input(0).mapped(
          { $0 / (1 + expf(-alpha * $0)) }, { $0 / (1 + exp(-Double(alpha) * $0)) })
      ]
    },
  ]

  /// The bounds are inputs, or attributes up to opset 10.
  private static func clip(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    if case .integer(let values) = x.elements {
      let lower = try call.optional(1)?.integers().first ?? .min
      let upper = try call.optional(2)?.integers().first ?? .max
      return [Value(x.type, x.shape, integers: values.map { min(max($0, lower), upper) })]
    }
    let lower = try call.real("min", default: call.optional(1)?.doubles.first ?? -.infinity)
    let upper = try call.real("max", default: call.optional(2)?.doubles.first ?? .infinity)
    let (low, high) = (Float(lower), Float(upper))
    return [
      try x.mapped(
        { $0 < low ? min(low, high) : $0 > high ? high : $0 }, { min(max($0, lower), upper) })
    ]
  }

  /// Inference: nothing is dropped.
  private static func dropout(_ call: OperatorCall) throws(OperatorFault) -> [Value] {
    let x = try call.input(0)
    if let training = call.optional(2), try training.integers().first == 1,
      call.optional(1)?.doubles.first != 0
    {
      throw OperatorFault(unsupported: "dropout in training mode")
    }
    return [
      x, Value(.bool, x.shape, .integer([Int64](repeating: 1, count: x.count))),
    ]
  }
}
