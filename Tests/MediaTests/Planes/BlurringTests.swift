import Media
import TestSupport
import Testing

@Suite struct BlurringTests {
  @Test func blurIsScipys() {
    // >>> y, x = np.mgrid[0:5, 0:7]; im = ((x * x * 3 + y * 7 + x * y * 2) & 255).astype(float)
    // >>> np.round(scipy.ndimage.gaussian_filter(im, 1.3, mode='nearest'), 3)
    let expected: [Float] = [
      6.463, 12.019, 22.398, 38.333, 59.334, 82.426, 101.679,
      11.657, 18.064, 29.59, 46.79, 69.057, 93.296, 113.399,
      18.503, 26.03, 39.068, 57.937, 81.872, 107.622, 128.846,
      25.349, 33.997, 48.547, 69.084, 94.687, 121.949, 144.294,
      30.543, 40.041, 55.738, 77.541, 104.41, 132.819, 156.014,
    ]
    let image = Pictures.pattern(7, 5)
    let red = stride(from: 0, to: image.pixels.count, by: 3).map { Float(image.pixels[$0]) }
    let plane = Plane(width: 7, height: 5, values: red).blurred(deviation: 1.3)
    let blurred = image.blurred(deviation: 1.3)
    for (index, value) in expected.enumerated() {
      #expect(abs(plane.values[index] - value) < 2e-3)
      #expect(abs(Float(blurred.pixels[index * 3]) - value) < 0.502)
    }
  }

  @Test(arguments: [(1, 1), (1, 9), (200, 3), (64, 65)])
  func whatIsEvenStaysSo(width: Int, height: Int) {
    let image = Image(width: width, height: height, filled: Color(7, 130, 251))
    #expect(image.blurred(deviation: 2.2) == image)
  }

  @Test func withoutDeviationNothingIsBlurred() {
    let image = Image.noise(width: 19, height: 11)
    #expect(image.blurred(deviation: 0) == image)
  }

  @Test func anEvenKernelOfLargeDeviationIsAMean() {
    var plane = Plane(width: 9, height: 9)
    plane.values[4 * 9 + 4] = 9
    let blurred = plane.blurred(by: BlurTaps(deviation: 1e6, radius: 1))
    #expect(abs(blurred[x: 3, y: 5] - 1) < 1e-5)
    #expect(blurred[x: 2, y: 4] == 0)
  }
}
