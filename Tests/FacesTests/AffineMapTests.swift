import TestSupport
import Testing

@testable import Faces

@Suite struct AffineMapTests {
  // torch_quality.py's `warp`, with a grid of even chance:
  // >>> r = lcg(50); grid = np.linspace(48, 208, 5)
  // >>> mapx = np.broadcast_to(grid, (5, 5)) + (r[:25].reshape(5, 5) - .5) * 10
  // >>> mapy = np.broadcast_to(grid, (5, 5)).T + (r[25:].reshape(5, 5) - .5) * 10
  // >>> src = (mapx + 1j * mapy).ravel()
  // >>> dst = (np.add.outer(1j * np.arange(5), np.arange(5)) * 16).ravel()
  // >>> s0, d0 = src - src.mean(), dst - dst.mean()
  // >>> a = (d0 * s0.conj()).sum() / (abs(s0) ** 2).sum(); b = dst.mean() - a * src.mean(); a, b
  // (0.40614544970055705+0.0013709753625546616j), (-19.977506023193307-19.949919215084513j)
  // skimage's SimilarityTransform.estimate gives the same matrix.
  @Test func similarityIsThatOfTheClassicRecipe() {
    let chance = lcg(50)
    let even = PointGrid(side: 5, from: 48, to: 208)
    let points = even.points.indices.map { index in
      even.points[index] + (SIMD2(chance[index], chance[index + 25]) - SIMD2(0.5, 0.5)) * 10
    }
    let map = AffineMap(
      similarityFrom: points, to: PointGrid(side: 5, from: 0, to: 64).points)
    #expect(abs(map.columnX.x - 0.40614544970055705) < 1e-12)
    #expect(abs(map.columnX.y - 0.0013709753625546616) < 1e-12)
    #expect(map.columnY == SIMD2(-map.columnX.y, map.columnX.x))
    #expect(abs(map.origin.x + 19.977506023193307) < 1e-10)
    #expect(abs(map.origin.y + 19.949919215084513) < 1e-10)
  }

  @Test func inverseUndoesTheMap() {
    let map = AffineMap(columnX: SIMD2(2, 0.5), columnY: SIMD2(-1, 3), origin: SIMD2(7, -4))
    let back = map.inverse(map(SIMD2(11, 13)))
    #expect(abs(back.x - 11) < 1e-12 && abs(back.y - 13) < 1e-12)
  }
}
