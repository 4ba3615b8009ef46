import Engine
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct PaddedJPEGTests {
  @Test(arguments: [3, 4, 5, 100, 65_537, 65_538, 65_541, 200_000])
  func aLongerFileShowsTheSame(more: Int) throws {
    let file = try picture.encoded(as: .jpeg(quality: 90), mark: Mark.synthetic(by: "a test"))
    let longer = PaddedJPEG.padded(file, to: file.count + more)
    #expect(longer.count == (more < 4 ? file.count : file.count + more))
    let shown = try Image(decoding: longer, name: "longer")
    #expect(shown == (try Image(decoding: file, name: "file")))
  }

  @Test func whatIsLongEnoughOrNoJPEGStaysAsItIs() throws {
    let file = try picture.encoded(as: .jpeg(quality: 90), mark: Mark.synthetic(by: "a test"))
    #expect(PaddedJPEG.padded(file, to: file.count) == file)
    #expect(PaddedJPEG.padded(file, to: 10) == file)
    #expect(PaddedJPEG.padded([1, 2, 3], to: 100) == [1, 2, 3])
    #expect(PaddedJPEG.padded([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF], to: 100).count == 6)
  }

  private var picture: Image {
    var chance = RandomSource(seed: 1)
    return Image(
      width: 40, height: 30, pixels: (0..<3600).map { _ in UInt8(chance.uniform(0...255)) })
  }
}
