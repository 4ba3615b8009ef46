internal import Foundation

/// Recurrent layers over sequences `[T, N, inputs]`, computed in float64.
enum RecurrenceOperators {
  static let all: [OperatorDefinition] = [
    OperatorDefinition("RNN", 3...6) { call throws(OperatorFault) in
      try recurrence(call, gates: 1, defaults: ["Tanh"]) { pass, state in
        state.hidden = zip(pass.input(0), pass.product(0, state.hidden)).map {
          pass.activation(0)($0 + $1)
        }
      }
    },
    OperatorDefinition("GRU", 3...6) { call throws(OperatorFault) in
      let appliesLater = try call.flag("linear_before_reset")
      return try recurrence(call, gates: 3, defaults: ["Sigmoid", "Tanh"]) { pass, state in
        let old = state.hidden
        let update = zip(pass.input(0), pass.product(0, old)).map { pass.activation(0)($0 + $1) }
        let reset = zip(pass.input(1), pass.product(1, old)).map { pass.activation(0)($0 + $1) }
        let candidate: [Double]
        if appliesLater {
          let product = pass.product(2, old)
          candidate = old.indices.map {
            pass.activation(1)(pass.input(2)[$0] + reset[$0] * product[$0])
          }
        } else {
          let product = pass.product(2, zip(reset, old).map { $0 * $1 })
          candidate = zip(pass.input(2), product).map { pass.activation(1)($0 + $1) }
        }
        state.hidden = old.indices.map {
          (1 - update[$0]) * candidate[$0] + update[$0] * old[$0]
        }
      }
    },
    OperatorDefinition("LSTM", 3...8) { call throws(OperatorFault) in
      let couples = try call.flag("input_forget")
      return try recurrence(call, gates: 4, defaults: ["Sigmoid", "Tanh", "Tanh"]) {
        pass, state in
        // Input, output, forget and cell gates; peepholes see the cell.
        let (old, cell) = (state.hidden, state.cell)
        func gate(_ index: Int, _ peephole: Int?, _ seen: [Double], _ activation: Int) -> [Double] {
          let product = pass.product(index, old)
          return old.indices.map { unit in
            let sum = pass.input(index)[unit] + product[unit]
            let peep = peephole.map { pass.peephole($0, unit) * seen[unit] } ?? 0
            return pass.activation(activation)(sum + peep)
          }
        }
        let input = gate(0, 0, cell, 0)
        let forget = couples ? input.map { 1 - $0 } : gate(2, 2, cell, 0)
        let candidate = gate(3, nil, cell, 1)
        state.cell = old.indices.map { forget[$0] * cell[$0] + input[$0] * candidate[$0] }
        let output = gate(1, 1, state.cell, 0)
        state.hidden = old.indices.map { output[$0] * pass.activation(2)(state.cell[$0]) }
      }
    },
  ]
}
