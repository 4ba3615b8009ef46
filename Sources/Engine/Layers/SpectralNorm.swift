/// Divides a layer's weight by its largest singular value (Miyato and others 2018).
///
/// The weight, `[O, …]`, is viewed as a matrix of O rows. Each forward pass in training starts with
/// one power iteration, as in PyTorch's `parametrizations.spectral_norm`. The two singular vectors
/// are saved with the parameters and are constants in the backward pass.
public struct SpectralNorm: Layer {
  /// The layer with the weight.
  public let body: any Layer
  private let weight: Parameter
  /// The singular vectors, `[O]` and the length of a row.
  private let left, right: Parameter

  /// - Parameters:
  ///   - body: a layer with a parameter "weight", such as a convolution.
  ///   - rounds: power iterations at initialization.
  ///   - randomness: the source of the initial singular vectors.
  public init(_ body: any Layer, rounds: Int = 15, randomness: inout RandomSource) {
    guard let named = body.parameters.first(where: { $0.name == "weight" }) else {
      preconditionFailure("a layer without a weight has no spectral norm")
    }
    self.body = body
    weight = named.parameter
    let rows = weight.plainShape[0]
    let columns = weight.plainShape.dropFirst().reduce(1, *)
    left = Parameter(Tensor(zeros: [rows]), isTrainable: false)
    var start = Tensor(zeros: [columns])
    start.write { values in
      for index in values.indices { values[index] = Float(randomness.normal()) }
    }
    right = Parameter(start, isTrainable: false)
    let plain = weight.plain
    for _ in 0..<rounds { improve(plain) }
  }

  /// The body, and the left singular vector as "u" and the right one as "v".
  public var node: LayerNode {
    LayerNode(
      .spectralNormalization,
      parameters: [NamedParameter("u", left), NamedParameter("v", right)],
      children: [("", body)])
  }

  /// The body's output with the divided weight.
  public func forward(_ x: Tensor, saving saved: inout Saved) -> Tensor {
    let plain = weight.plain
    if saved.mode == .training { improve(plain) }
    let norm = SpectralNorm.dot(left.value, SpectralNorm.product(plain, right.value))
    let own = weight.value
    let divided = own.scaled(by: 1 / norm)
    weight.value = divided
    let y = body.forward(x, saving: &saved)
    weight.value = own
    saved.push(divided)
    saved.push(left.value)
    saved.push(right.value)
    saved.push(Tensor(shape: [1], values: [norm]))
    return y
  }

  /// Includes the gradient through the division: (g − ⟨g, W/σ⟩ u vᵀ) / σ, for the gradient g at the
  /// divided weight.
  public func backward(_ dy: Tensor, from saved: inout Saved) -> Tensor {
    let norm = saved.pop()[0]
    let (v, u, divided) = (saved.pop(), saved.pop(), saved.pop())
    let (own, before) = (weight.value, weight.gradient)
    weight.value = divided
    weight.gradient = Tensor(zeros: own.shape)
    let dx = body.backward(dy, from: &saved)
    weight.value = own
    let inner = SpectralNorm.dot(weight.gradient, divided)
    var plain = weight.plainGradient
    u.read { u in
      v.read { v in
        plain.write { gradient in
          for row in u.indices {
            let factor = inner * u[row]
            for column in v.indices { gradient[row * v.count + column] -= factor * v[column] }
          }
        }
      }
    }
    weight.gradient = before.adding(weight.layout.packed(plain), times: 1 / norm)
    return dx
  }

  /// One power iteration.
  private func improve(_ plain: Tensor) {
    left.value = SpectralNorm.unit(SpectralNorm.product(plain, right.value))
    right.value = SpectralNorm.unit(SpectralNorm.transposedProduct(plain, left.value))
  }

  /// W v.
  private static func product(_ matrix: Tensor, _ v: Tensor) -> Tensor {
    var result = Tensor(zeros: [matrix.shape[0]])
    matrix.read { matrix in
      v.read { v in
        result.write { result in
          for row in result.indices {
            var sum = 0.0
            for column in v.indices {
              sum += Double(matrix[row * v.count + column]) * Double(v[column])
            }
            result[row] = Float(sum)
          }
        }
      }
    }
    return result
  }

  /// Wᵀ u.
  private static func transposedProduct(_ matrix: Tensor, _ u: Tensor) -> Tensor {
    var result = Tensor(zeros: [matrix.count / u.count])
    matrix.read { matrix in
      u.read { u in
        result.write { result in
          for row in u.indices {
            for column in result.indices {
              result[column] += matrix[row * result.count + column] * u[row]
            }
          }
        }
      }
    }
    return result
  }

  private static func dot(_ a: Tensor, _ b: Tensor) -> Float {
    a.read { a in
      b.read { b in
        var sum = 0.0
        for index in a.indices { sum += Double(a[index]) * Double(b[index]) }
        return Float(sum)
      }
    }
  }

  /// The vector scaled to length 1.
  private static func unit(_ vector: Tensor) -> Tensor {
    vector.scaled(by: 1 / max(dot(vector, vector).squareRoot(), 1e-12))
  }
}
