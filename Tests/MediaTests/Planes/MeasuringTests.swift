import Media
import Testing

@Suite struct MeasuringTests {
  private func plane(_ width: Int, _ height: Int, seed: UInt64) -> Plane {
    var chance = Chance(state: seed)
    return Plane(
      width: width, height: height,
      values: (0..<width * height).map { _ in Float(chance.below(25_500)) / 100 })
  }

  @Test(arguments: [(1, 1), (5, 3), (16, 2), (160, 160)])
  func theMeanDifferenceIsThatOfEachNumber(width: Int, height: Int) {
    let (one, other) = (plane(width, height, seed: 1), plane(width, height, seed: 2))
    let exact = zip(one.values, other.values).map { abs(Double($0) - Double($1)) }.reduce(0, +)
    let mean = exact / Double(width * height)
    #expect(abs(Double(one.meanDifference(from: other)) - mean) < 1e-4 * mean)
    #expect(one.meanDifference(from: one) == 0)
  }

  @Test func theLocalDeviationIsThatOfTheSquareAroundAPixel() {
    let plane = plane(21, 17, seed: 3)
    let deviation = plane.localDeviation(radius: 2)
    for (x, y) in [(2, 2), (10, 8), (18, 14)] {
      let values = (y - 2...y + 2).flatMap { row in
        (x - 2...x + 2).map { Double(plane[x: $0, y: row]) }
      }
      let mean = values.reduce(0, +) / 25
      let exact = (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 25).squareRoot()
      #expect(abs(Double(deviation[x: x, y: y]) - exact) < 0.01)
    }
    #expect(
      Plane(width: 9, height: 9, filled: 7).localDeviation(radius: 4).values.max() ?? 1 < 0.01)
  }

  @Test func stepsBetweenBlocksAreThoseOfGreen() {
    let image = Pictures.pattern(41, 30)
    let steps = image.blockSteps(left: 8, top: 5, columns: 4, rows: 3)
    var (across, down) = ([Int](repeating: 0, count: 8), [Int](repeating: 0, count: 8))
    func green(_ x: Int, _ y: Int) -> Int { Int(image.pixels[(y * 41 + x) * 3 + 1]) }
    for y in 0..<24 {
      for x in 0..<32 {
        across[x % 8] += abs(green(8 + x, 5 + y) - green(9 + x, 5 + y))
        down[y % 8] += abs(green(8 + x, 5 + y) - green(8 + x, 6 + y))
      }
    }
    #expect(steps.across == across && steps.down == down)
  }
}
