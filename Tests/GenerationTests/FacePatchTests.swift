import Faces
import TestSupport
import Testing

@testable import Generation

@Suite struct FacePatchTests {
  @Test func aPatchFillsThePixelsThatItsRegionTouches() {
    let patch = FacePatch(width: 64, height: 64, values: [Float](repeating: 0.4, count: 12288))
    let region = CropRegion(width: 333, height: 301)
    let resized = patch.resized(into: region)
    #expect(resized.width == region.columns.count && resized.height == region.rows.count)
    #expect(resized.values.allSatisfy { abs($0 - 0.4) < 1e-5 })
  }
}
