import Media
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapFileTests {
  @Test(arguments: [
    ("x.png", "x.png", PictureFormat.png), ("x.PNG", "x.PNG", .png),
    ("x.jpg", "x.jpg", .jpeg(quality: 95)), ("x.JPEG", "x.JPEG", .jpeg(quality: 95)),
    ("x.webp", "x.webp.png", .png),
  ])
  func aSwapIsEncodedAsItsNameSays(input: String, name: String, format: PictureFormat) {
    #expect(SwapFile(input).name == name)
    #expect(SwapFile(input).format == format)
  }
}
