import Faces
import TestSupport
import Testing

@testable import Generation

@Suite struct LanczosTapsTests {
  // >>> src = lcg(64).astype(np.float32).reshape(1, 64); im = Image.fromarray(src, mode='F')
  // >>> [im.resize((160, 1), Image.LANCZOS).getpixel((k, 0)) for k in (80, 81)]
  // [0.4120246469974518, 0.3134172856807709]
  // >>> im.resize((40, 1), Image.LANCZOS).getpixel((20, 0))
  // 0.47600483894348145
  @Test func innerValuesAreThoseOfPillow() {
    let line = lcg(64).map { Float($0) }
    let wide = LanczosTaps(length: 64, origin: 0, extent: 160, places: 0..<160)
    #expect(abs(value(80, of: line, by: wide) - 0.4120246469974518) < 1e-5)
    #expect(abs(value(81, of: line, by: wide) - 0.3134172856807709) < 1e-5)
    let narrow = LanczosTaps(length: 64, origin: 0, extent: 40, places: 0..<40)
    #expect(abs(value(20, of: line, by: narrow) - 0.47600483894348145) < 1e-5)
  }

  @Test(arguments: [(64, 0.0, 160.0, 0..<160), (64, 0.1875, 0.625, 0..<1), (7, 3.5, 9.1, 3..<13)])
  func weightsAddUpToOneAndStayInTheLine(
    length: Int, origin: Double, extent: Double, places: Range<Int>
  ) {
    let taps = LanczosTaps(length: length, origin: origin, extent: extent, places: places)
    #expect(taps.weights.count == places.count * taps.count)
    #expect(taps.sources.allSatisfy { (0..<length).contains($0) })
    for place in 0..<places.count {
      let sum = taps.weights[place * taps.count..<(place + 1) * taps.count].reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func theSameSizeIsLeftAsItIs() {
    let line = lcg(16).map { Float($0) }
    let taps = LanczosTaps(length: 16, origin: 5, extent: 16, places: 5..<21)
    for place in 0..<16 { #expect(abs(value(place, of: line, by: taps) - line[place]) < 1e-6) }
  }

  @Test func aPatchFillsThePixelsThatItsRegionTouches() {
    let patch = FacePatch(width: 64, height: 64, values: [Float](repeating: 0.4, count: 12288))
    let region = CropRegion(width: 333, height: 301)
    let resized = patch.resized(into: region)
    #expect(resized.width == region.columns.count && resized.height == region.rows.count)
    #expect(resized.values.allSatisfy { abs($0 - 0.4) < 1e-5 })
  }

  private func value(_ place: Int, of line: [Float], by taps: LanczosTaps) -> Float {
    (place * taps.count..<(place + 1) * taps.count).reduce(0) {
      $0 + taps.weights[$1] * line[taps.sources[$1]]
    }
  }
}
