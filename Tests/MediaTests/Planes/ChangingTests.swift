import Media
import TestSupport
import Testing

@Suite struct ChangingTests {
  @Test func mixingTakesEachPictureWhereTheMaskSaysSo() {
    let (own, other) = (
      Image.noise(width: 5, height: 3), Image(width: 5, height: 3, filled: Color(gray: 200))
    )
    var mask = Plane(width: 5, height: 3)
    mask.values[7] = 1
    mask.values[8] = 0.25
    let mixed = own.mixed(with: other, by: mask)
    for pixel in 0..<15 {
      for part in pixel * 3..<pixel * 3 + 3 {
        let value = Float(own.pixels[part])
        let expected = (value + mask.values[pixel] * (200 - value)).rounded()
        #expect(abs(Float(mixed.pixels[part]) - expected) <= (pixel == 8 ? 1 : 0))
      }
    }
  }

  @Test func weightsBelowZeroLeadAway() {
    let own = Image(width: 2, height: 1, pixels: [100, 100, 100, 250, 3, 100])
    let other = Image(width: 2, height: 1, pixels: [90, 110, 100, 100, 200, 100])
    #expect(own.mixed(with: other, weight: -0.5).pixels == [105, 95, 100, 255, 0, 100])
  }

  @Test func sharpeningLeadsAwayFromABlurredPicture() {
    let image = Image.noise(width: 9, height: 7)
    #expect(image.sharpened(amount: 0) == image)
    #expect(
      image.sharpened(amount: 0.5)
        == image.mixed(with: image.blurred(deviation: 1), weight: -0.5))
  }

  @Test func colorsChangeByMatrices() {
    let image = Image(width: 2, height: 1, pixels: [10, 120, 240, 128, 128, 128])
    #expect(image.recolored(by: ColorMatrix()) == image)
    #expect(
      image.recolored(by: ColorMatrix().adding(SIMD3(20, -30, 30))).pixels
        == [30, 90, 255, 148, 98, 158])
    #expect(
      image.recolored(by: ColorMatrix().contrast(0.5)).pixels == [69, 124, 184, 128, 128, 128])
    // Gray by BT.601: 0.299 · 10 + 0.587 · 120 + 0.114 · 240 = 100.79.
    #expect(
      image.recolored(by: ColorMatrix().saturation(0)).pixels
        == [101, 101, 101, 128, 128, 128])
    // A third of a turn takes red to green, green to blue and blue to red.
    #expect(
      image.recolored(by: ColorMatrix().hue(2 * .pi / 3)).pixels
        == [240, 10, 120, 128, 128, 128])
  }

  @Test func noiseComesFromItsSeedAlone() {
    let gray = Image(width: 61, height: 40, filled: Color(gray: 128))
    let likely = (0..<4096).map { Float($0 % 3) - 1 }
    let noised = gray.noised(likely, seed: 5)
    #expect(noised == gray.noised(likely, seed: 5) && noised != gray.noised(likely, seed: 6))
    let changes = noised.pixels.map { Int($0) - 128 }
    #expect(changes.min() == -1 && changes.max() == 1)
    let mean = Double(changes.reduce(0, +)) / Double(changes.count)
    #expect(abs(mean) < 0.05)
  }

  @Test func anEvenDisplacementShifts() {
    let plane = Plane(width: 40, height: 30, values: lcg(1200).map(Float.init))
    let points = (
      Displacement.points(over: 40, spacing: 4), Displacement.points(over: 30, spacing: 4)
    )
    let moved = plane.displaced(
      by: Displacement(
        across: Plane(width: points.0, height: points.1, filled: 3),
        down: Plane(width: points.0, height: points.1, filled: -2), spacing: 4))
    #expect(abs(moved[x: 10, y: 12] - plane[x: 13, y: 10]) < 1e-5)
    #expect(abs(moved[x: 39, y: 0] - plane[x: 39, y: 0]) < 1e-5)
  }

  @Test func aDisplacementIsBilinearBetweenItsPoints() {
    // Read where x is: the plane's values are their own places.
    let plane = Plane(width: 64, height: 8, values: (0..<512).map { Float($0 % 64) })
    let side = Displacement.points(over: 64, spacing: 8)
    let across = Plane(width: side, height: 2, values: (0..<side * 2).map { Float($0 % side) / 4 })
    let moved = plane.displaced(
      by: Displacement(across: across, down: Plane(width: side, height: 2), spacing: 8))
    // The center of pixel x is (x + 0.5) / 8 points along.
    #expect(abs(moved[x: 20, y: 3] - (20 + 20.5 / 8 / 4)) < 1e-4)
  }
}
