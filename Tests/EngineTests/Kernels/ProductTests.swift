import TestSupport
import Testing

@testable import Engine

/// Small matrix products, one for each image.
@Suite struct ProductTests {
  /// Rows, depth and columns: of every size that matters to the library's products and to tiles.
  static let sizes = [
    (5, 7, 6), (13, 12, 17), (100, 45, 50), (16, 32, 16), (97, 64, 33), (30, 70, 12),
  ]

  @Test(arguments: sizes, [Kernels.ProductKind.plain, .firstTurned, .secondTurned])
  func productsMatchTheirNaiveTwin(
    _ size: (rows: Int, depth: Int, columns: Int), _ kind: Kernels.ProductKind
  ) {
    let (a, b) = operands(size, kind)
    let twin = naive(a, b, kind)
    #expect(allClose(Kernels.products(a, b, kind), twin, tolerance: 1e-5))
    let tiled = Kernels.withTiles { Kernels.products(a, b, kind) }
    #expect(allClose(tiled, twin, tolerance: 1e-4))
  }

  @Test(arguments: [Kernels.ProductKind.plain, .firstTurned, .secondTurned])
  func bitsAreTheSameOnAnyTeam(_ kind: Kernels.ProductKind) {
    let (a, b) = operands((201, 45, 50), kind)
    func run(_ threads: Int) -> Tensor {
      ThreadPool.with(threads: threads) {
        Kernels.withTiles { Kernels.products(a, b, kind) }
      }
    }
    #expect(run(1) == run(3))
  }

  private func operands(
    _ size: (rows: Int, depth: Int, columns: Int), _ kind: Kernels.ProductKind
  ) -> (Tensor, Tensor) {
    let (rows, depth, columns) = size
    return (
      .random(kind == .firstTurned ? [3, depth, rows] : [3, rows, depth], seed: 1),
      .random(kind == .secondTurned ? [3, columns, depth] : [3, depth, columns], seed: 2)
    )
  }

  private func naive(_ a: Tensor, _ b: Tensor, _ kind: Kernels.ProductKind) -> Tensor {
    let (rows, depth) =
      kind == .firstTurned ? (a.shape[2], a.shape[1]) : (a.shape[1], a.shape[2])
    let columns = kind == .secondTurned ? b.shape[1] : b.shape[2]
    let (first, second) = (a.values, b.values)
    var y: [Float] = []
    for image in 0..<3 {
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = 0.0
          for k in 0..<depth {
            let left = kind == .firstTurned ? k * rows + row : row * depth + k
            let right = kind == .secondTurned ? column * depth + k : k * columns + column
            sum +=
              Double(first[image * rows * depth + left])
              * Double(second[image * depth * columns + right])
          }
          y.append(Float(sum))
        }
      }
    }
    return Tensor(shape: [3, rows, columns], values: y)
  }
}
