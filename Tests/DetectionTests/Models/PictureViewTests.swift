import Engine
import Media
import TestSupport
import Testing

@testable import Detection

@Suite struct PictureViewTests {
  private func drawn(_ image: Image, _ input: DetectorInput, _ view: PictureView) -> Tensor {
    Tensor.stacked(1, part: [input.side, input.side, 3]) { _, part in
      view.draw(image, input, into: &part)
    }
  }

  @Test func halvingAveragesTwoByTwo() {
    let image = Image.noise(width: 256, height: 256)
    let input = DetectorInput(side: 128)
    let found = NetworkDetector.pictures([image], input)
    for (x, y) in [(0, 0), (5, 9), (127, 127)] {
      let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(0) {
        $0 + Int(image[x: 2 * x + $1.0, y: 2 * y + $1.1].green)
      }
      let value = found.values[(y * 128 + x) * 3 + 1]
      #expect(abs(value - Float(sum) / 4 / 255) < 1e-5)
    }
  }

  @Test func theShareAndTheNormalizationAreObeyed() {
    var image = Image(width: 256, height: 256, filled: Color(0, 0, 0))
    for y in 64..<192 {
      for x in 64..<192 { image[x: x, y: y] = Color(255, 128, 51) }
    }
    let input = DetectorInput(
      side: 32, share: 0.5, mean: [0.5, 0.25, 0], deviation: [0.5, 1, 0.1])
    let found = NetworkDetector.pictures([image], input).values
    #expect(
      found.indices.allSatisfy {
        abs(found[$0] - [1, 128 / 255 - 0.25, 2][$0 % 3]) < 1e-4
      })
  }

  @Test func aMirroredViewIsTheMirrorImage() {
    let image = Image.noise(width: 256, height: 256)
    let input = DetectorInput(side: 64)
    var view = PictureView(of: image, input)
    (view.x, view.side) = (10.25, 200.5)
    let plain = drawn(image, input, view).values
    view.isMirrored = true
    let mirrored = drawn(image, input, view).values
    #expect(
      plain.indices.allSatisfy { index in
        let (row, column, channel) = (index / 192, index / 3 % 64, index % 3)
        return abs(plain[index] - mirrored[(row * 64 + 63 - column) * 3 + channel]) < 1e-5
      })
  }

  @Test(arguments: [0.3, 1.0, 2.7])
  func aViewOfOneColorHasItEverywhere(scale: Double) {
    let image = Image(width: 256, height: 256, filled: Color(10, 200, 30))
    let input = DetectorInput(side: 48)
    var view = PictureView(of: image, input)
    // Partly outside: the edge goes on.
    (view.x, view.y, view.side) = (-20.5, 200.75, 48 * scale)
    let found = drawn(image, input, view).values
    #expect(
      found.indices.allSatisfy {
        abs(found[$0] - [10, 200, 30][$0 % 3] / 255) < 1e-5
      })
  }
}
