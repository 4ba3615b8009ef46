import Engine
import Foundation
import Testing

@testable import Faces

@Suite struct EllipseMaskTests {
  @Test(arguments: [1, 16, 63, 64, 160])
  func valuesAreWeights(side: Int) {
    let mask = EllipseMask()(side: side)
    #expect(mask.shape == [1, side, side, 1])
    #expect(mask.values.allSatisfy { (0...1).contains($0) })
  }

  @Test func isWholeInTheMiddleAndNothingAtTheEdges() {
    let side = 160
    let values = EllipseMask()(side: side).values
    #expect(values[side / 2 * side + side / 2] == 1)
    for k in 0..<side {
      let edges = [k, (side - 1) * side + k, k * side, k * side + side - 1]
      #expect(edges.map { values[$0] } == [0, 0, 0, 0])
    }
  }

  @Test func isSymmetricAndFallsOutwards() {
    let side = 64
    let values = EllipseMask()(side: side).values
    for row in 0..<side {
      for column in 0..<side / 2 {
        let at = row * side + column
        let mirrored = values[row * side + side - 1 - column]
        #expect(abs(values[at] - mirrored) < 1e-6)
        #expect(values[at] <= values[at + 1])
      }
    }
  }

  @Test func withoutFeatherTheEdgeIsHard() {
    var mask = EllipseMask()
    mask.feather = 0
    #expect(Set(mask(side: 64).values) == [0, 1])
    let area = Double(mask(side: 64).values.reduce(0, +) / 4096)
    let ellipse = Double.pi * 0.42 * 0.48
    #expect(abs(area - ellipse) < 0.005)
  }

  @Test func settingsSurviveARoundTrip() throws {
    var settings = WarpSettings()
    settings.jitter = .gentle
    settings.sampling = .point
    let json = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(WarpSettings.self, from: json) == settings)
  }
}
