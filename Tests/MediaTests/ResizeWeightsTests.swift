import Media
import TestSupport
import Testing

@Suite struct ResizeWeightsTests {
  // >>> src = lcg(64).astype(np.float32).reshape(1, 64); im = Image.fromarray(src, mode='F')
  // >>> [im.resize((160, 1), Image.LANCZOS).getpixel((k, 0)) for k in (80, 81)]
  // [0.4120246469974518, 0.3134172856807709]
  // >>> im.resize((40, 1), Image.LANCZOS).getpixel((20, 0))
  // 0.47600483894348145
  @Test func innerValuesAreThoseOfPillow() {
    let line = lcg(64).map { Float($0) }
    let wide = ResizeWeights(lanczos: 64, origin: 0, extent: 160, places: 0..<160)
    #expect(abs(value(80, of: line, by: wide) - 0.4120246469974518) < 1e-5)
    #expect(abs(value(81, of: line, by: wide) - 0.3134172856807709) < 1e-5)
    let narrow = ResizeWeights(lanczos: 64, origin: 0, extent: 40, places: 0..<40)
    #expect(abs(value(20, of: line, by: narrow) - 0.47600483894348145) < 1e-5)
  }

  @Test(arguments: [(64, 0.0, 160.0, 0..<160), (64, 0.1875, 0.625, 0..<1), (7, 3.5, 9.1, 3..<13)])
  func weightsAddUpToOneAndStayInTheLine(
    length: Int, origin: Double, extent: Double, places: Range<Int>
  ) {
    let resize = ResizeWeights(lanczos: length, origin: origin, extent: extent, places: places)
    #expect(resize.weights.count == places.count * resize.count)
    #expect(resize.sources.allSatisfy { (0..<length).contains($0) })
    for place in 0..<places.count {
      let sum = resize.weights[place * resize.count..<(place + 1) * resize.count].reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func theSameSizeIsLeftAsItIs() {
    let line = lcg(16).map { Float($0) }
    let resize = ResizeWeights(lanczos: 16, origin: 5, extent: 16, places: 5..<21)
    for place in 0..<16 { #expect(abs(value(place, of: line, by: resize) - line[place]) < 1e-6) }
  }

  @Test func aPartThatShrinksIsTheMeanOfWhatIsCovered() {
    // Pixels 1.5 to 6.5 as two: each covers two and a half.
    let halved = ResizeWeights(part: 1.5, side: 5, to: 2, of: 8)
    #expect(halved.starts == [1, 4] && halved.count == 4)
    #expect(halved.weights == [0.2, 0.4, 0.4, 0, 0.4, 0.4, 0.2, 0])
  }

  @Test func aPartMayLieOutsideWhereTheEdgeGoesOn() {
    let grown = ResizeWeights(part: -1, side: 2, to: 4, of: 3)
    #expect(grown.starts == [-2, -1, -1, 0] && grown.count == 2)
    #expect(grown.weights == [0.25, 0.75, 0.75, 0.25, 0.25, 0.75, 0.75, 0.25])
    #expect(grown.sources == [0, 0, 0, 0, 0, 0, 0, 1])
  }

  private func value(_ place: Int, of line: [Float], by resize: ResizeWeights) -> Float {
    (place * resize.count..<(place + 1) * resize.count).reduce(0) {
      $0 + resize.weights[$1] * line[resize.sources[$1]]
    }
  }
}
