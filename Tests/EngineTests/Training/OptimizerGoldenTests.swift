import Engine
import Foundation
import Testing

/// Five steps of every method as PyTorch makes them; see Golden/optimizers.py.
@Suite struct OptimizerGoldenTests {
  private struct Golden: Decodable {
    let start: [Float]
    let gradients: [[Float]]
    let courses: [String: [[Float]]]

    init(from decoder: any Decoder) throws {
      struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
      }
      let container = try decoder.container(keyedBy: Key.self)
      start = try container.decode([Float].self, forKey: Key(stringValue: "start"))
      gradients = try container.decode([[Float]].self, forKey: Key(stringValue: "gradients"))
      var courses: [String: [[Float]]] = [:]
      for key in container.allKeys where key.stringValue != "start" {
        courses[key.stringValue] = try container.decode([[Float]].self, forKey: key)
      }
      self.courses = courses
    }
  }

  private static let methods: [(name: String, method: OptimizerMethod, clipping: Float?)] = [
    ("sgd", .sgd(), nil), ("momentum", .sgd(momentum: 0.9), nil), ("adam", .adam(), nil),
    ("adam, other betas", .adam(beta1: 0.5, beta2: 0.99, epsilon: 1e-3), nil),
    ("adamW", .adamW(weightDecay: 0.1), nil), ("adam, clipped", .adam(), 0.5),
  ]

  @Test(arguments: methods.indices)
  func fiveStepsMatchPyTorch(index: Int) throws {
    let (name, method, clipping) = Self.methods[index]
    let url = try #require(
      Bundle.module.url(forResource: "optimizers", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    let course = try #require(golden.courses[name])
    let parameters = [
      NamedParameter("w", Parameter(Tensor(shape: [2, 3], values: Array(golden.start[..<6])))),
      NamedParameter("b", Parameter(Tensor(shape: [5], values: Array(golden.start[6...])))),
    ]
    var optimizer = Optimizer(method, parameters: parameters, clipping: clipping)
    for (gradient, after) in zip(golden.gradients, course) {
      parameters[0].parameter.gradient = Tensor(shape: [2, 3], values: Array(gradient[..<6]))
      parameters[1].parameter.gradient = Tensor(shape: [5], values: Array(gradient[6...]))
      let isFine = optimizer.step(learningRate: 0.05)
      #expect(isFine)
      let found = parameters.flatMap { $0.parameter.value.values }
      for (found, golden) in zip(found, after) {
        #expect(abs(found - golden) <= 5e-7 * max(1, abs(golden)), "\(name)")
      }
      #expect(parameters.allSatisfy { $0.parameter.gradient.values.allSatisfy { $0 == 0 } })
    }
    #expect(optimizer.steps == 5)
  }
}
