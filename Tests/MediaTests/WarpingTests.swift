import Media
import TestSupport
import Testing

@Suite struct WarpingTests {
  @Test func theIdentityChangesNothing() {
    let picture = Image.noise(width: 20, height: 13)
    let same = picture.warped(
      columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(0, 0), width: 20, height: 13)
    #expect(same == picture)
  }

  @Test func wholeStepsMoveAndTurn() {
    let picture = Image.noise(width: 9, height: 9)
    let turned = picture.warped(
      columnX: SIMD2(0, 1), columnY: SIMD2(-1, 0), origin: SIMD2(9, 0), width: 9, height: 9)
    for (x, y) in [(0, 0), (3, 7), (8, 8)] {
      #expect(turned[x: x, y: y] == picture[x: 8 - y, y: x])
    }
  }

  @Test func reductionAveragesWhatFallsIntoAPixel() {
    let picture = Image.noise(width: 40, height: 40)
    let small = picture.warped(
      columnX: SIMD2(4, 0), columnY: SIMD2(0, 4), origin: SIMD2(0, 0), width: 10, height: 10)
    let mean = picture.resized(width: 10, height: 10, filter: .area)
    for (value, expected) in zip(small.pixels, mean.pixels) {
      #expect(abs(Int(value) - Int(expected)) <= 1)
    }
  }

  @Test func beyondTheEdgesLieTheEdges() {
    var picture = Image(width: 4, height: 4, filled: Color(10, 20, 30))
    picture[x: 0, y: 0] = Color(200, 100, 50)
    for origin in [SIMD2(-100.0, -100), SIMD2(-1e12, -1e300)] {
      let far = picture.warped(
        columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: origin, width: 3, height: 3)
      #expect(far[x: 2, y: 2] == Color(200, 100, 50))
    }
    let near = picture.warped(
      columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: SIMD2(1e300, .infinity), width: 1,
      height: 1)
    #expect(near[x: 0, y: 0] == Color(10, 20, 30))
  }

  @Test(arguments: [(1, 1), (1, 5), (5, 1)])
  func thinPicturesAreWarpedToo(width: Int, height: Int) {
    let picture = Image(width: width, height: height, filled: Color(7, 8, 9))
    let warped = picture.warped(
      columnX: SIMD2(0.3, 0), columnY: SIMD2(0, 0.3), origin: SIMD2(0, 0), width: 4, height: 4)
    #expect(warped == Image(width: 4, height: 4, filled: Color(7, 8, 9)))
  }

  @Test func enlargingIsSmoothAndKeepsFlatAreas() {
    let flat = Image(width: 6, height: 6, filled: Color(77, 88, 99))
    let large = flat.warped(
      columnX: SIMD2(0.31, 0.05), columnY: SIMD2(-0.05, 0.31), origin: SIMD2(0.4, 0.2), width: 20,
      height: 20)
    #expect(large == Image(width: 20, height: 20, filled: Color(77, 88, 99)))
  }
}
