import Engine
import Testing

@testable import Synthesis

@Suite struct SampleGridTests {
  private let side = 24

  /// A mesh on the screen: x and y are samples, z is how near.
  private func drawn(
    _ positions: [SIMD3<Float>], _ triangles: [SIMD3<Int32>]
  ) -> SampleGrid {
    let mesh = Mesh(
      positions: positions, charts: positions.map { SIMD2($0.x, $0.y) }, triangles: triangles,
      material: Paint(), isTwoSided: true)
    var grid = SampleGrid(width: side, height: side)
    grid.draw(Figure([mesh]), screen: positions.map { SIMD4($0, 1) })
    return grid
  }

  @Test func coversWhatANaiveTwinCovers() {
    var randomness = RandomSource(seed: 4)
    for _ in 0..<200 {
      // Corners on the quarters of samples, where edges often run through samples.
      let corners = (0..<3).map { _ in
        SIMD3<Float>(
          Float(randomness.next() % 96) / 4, Float(randomness.next() % 96) / 4, 1)
      }
      let grid = drawn(corners, [SIMD3(0, 1, 2)])
      for y in 0..<side {
        for x in 0..<side {
          let inside = NaiveTriangle(corners).covers(Float(x) + 0.5, Float(y) + 0.5)
          let isDrawn = grid.triangles[y * side + x] == 0
          // On an edge either answer may be right: the next test decides.
          if let inside { #expect(isDrawn == inside, "\(corners) at \(x), \(y)") }
        }
      }
    }
  }

  @Test func trianglesThatShareEdgesCoverEachSampleOnce() {
    var randomness = RandomSource(seed: 9)
    for _ in 0..<100 {
      // A fan about a point on a sample, filling a square whose border runs through samples.
      let hub = SIMD3<Float>(
        Float(4 + randomness.next() % 16) + 0.5, Float(4 + randomness.next() % 16) + 0.5, 1)
      let border: [SIMD3<Float>] = [
        SIMD3(2.5, 2.5, 1), SIMD3(Float(randomness.next() % 12) + 6, 2.5, 1), SIMD3(21.5, 2.5, 1),
        SIMD3(21.5, 21.5, 1), SIMD3(2.5, 21.5, 1),
      ]
      var counts = [Int](repeating: 0, count: side * side)
      for k in border.indices {
        let grid = drawn([hub, border[k], border[(k + 1) % border.count]], [SIMD3(0, 1, 2)])
        for index in counts.indices where grid.triangles[index] == 0 { counts[index] += 1 }
      }
      for y in 0..<side {
        for x in 0..<side {
          // The square holds its top and left border, not the bottom and right one.
          let isInside = (2..<21).contains(x) && (2..<21).contains(y)
          #expect(counts[y * side + x] == (isInside ? 1 : 0), "\(x), \(y)")
        }
      }
    }
  }

  @Test func theNearestWinsInWhateverOrder() {
    let far: [SIMD3<Float>] = [SIMD3(0, 0, 1), SIMD3(24, 0, 1), SIMD3(0, 24, 1)]
    let near = far.map { SIMD3($0.x, $0.y, 2) }
    let first = drawn(far + near, [SIMD3(0, 1, 2), SIMD3(3, 4, 5)])
    let second = drawn(far + near, [SIMD3(3, 4, 5), SIMD3(0, 1, 2)])
    #expect(first.triangles[0] == 1)
    #expect(second.triangles[0] == 0)
    #expect(abs(first.nearness[0] - 2) < 1e-5)
  }

  @Test func perspectiveIsTakenOutOfTheShares() {
    // An edge from a distance of 1 to one of 3: half way on the screen is a quarter in space.
    let mesh = Mesh(
      positions: [.zero, .zero, .zero], charts: [.zero, .zero, .zero],
      triangles: [SIMD3(0, 1, 2)], material: Paint(), isTwoSided: true)
    var grid = SampleGrid(width: side, height: side)
    grid.draw(
      Figure([mesh]),
      screen: [
        SIMD4(0.5, 0.5, 1, 1), SIMD4(20.5, 0.5, 1.0 / 3, 1.0 / 3), SIMD4(0.5, 20.5, 1, 1),
      ])
    let share = grid.shares(of: 0, at: SIMD2(10.5, 0.5))
    #expect(abs(share.x - 0.25) < 1e-5)
    #expect(abs(share.y) < 1e-5)
  }

  @Test func whatReachesBehindTheCameraIsLeftOut() {
    let mesh = Mesh(
      positions: [.zero, .zero, .zero], charts: [.zero, .zero, .zero],
      triangles: [SIMD3(0, 1, 2)], material: Paint(), isTwoSided: true)
    var grid = SampleGrid(width: side, height: side)
    grid.draw(
      Figure([mesh]),
      screen: [SIMD4(0, 0, 1, 1), SIMD4(20, 0, 1, 1), SIMD4(0, 0, -1, -1)])
    #expect(grid.triangles.allSatisfy { $0 == -1 })
  }

  @Test func holesLetThroughWhatIsBehind() {
    let behind = Mesh.plate(from: SIMD2(0, 0), to: SIMD2(24, 24), z: 1)
    var before = Mesh.plate(from: SIMD2(0, 0), to: SIMD2(24, 24), z: 2, material: Sieve())
    before.isTwoSided = true
    var back = behind
    back.isTwoSided = true
    let figure = Figure([before, back])
    var grid = SampleGrid(width: side, height: side)
    grid.draw(figure, screen: figure.positions.map { SIMD4($0, 1) })
    #expect(grid.nearness[12 * side + 3] == 2)
    #expect(grid.nearness[12 * side + 20] == 1)
  }
}

/// Covers the half of the chart where `s` is below 12.
private struct Sieve: Material {
  var hasHoles: Bool { true }
  func covers(_ chart: SIMD2<Float>) -> Bool { chart.x < 12 }
  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    Surface(albedo: SIMD3(repeating: 0.5))
  }
}

/// The slow and plain way to ask whether a point lies in a triangle.
private struct NaiveTriangle {
  private let corners: [SIMD3<Float>]

  init(_ corners: [SIMD3<Float>]) { self.corners = corners }

  /// Nil on an edge, and for triangles without area.
  func covers(_ x: Float, _ y: Float) -> Bool? {
    var sides: [Float] = []
    for k in 0..<3 {
      let (u, v) = (corners[k], corners[(k + 1) % 3])
      sides.append((v.x - u.x) * (y - u.y) - (v.y - u.y) * (x - u.x))
    }
    if sides.contains(0) { return nil }
    return sides.allSatisfy { $0 > 0 } || sides.allSatisfy { $0 < 0 }
  }
}
