import Engine
import Faces
import Foundation
import Generation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// One rendered face as other programs wrote it (`Pictures/faces.py`), under names that tell nothing.
@Suite struct PictureFormatTests {
  private static let names = ["avif.mp4", "jpeg2000", "sideways.jpg", "webp.png"]

  /// A folder with the pictures, a letter, and a damaged picture.
  private func pictures(in folder: TemporaryFolder) throws -> String {
    let path = folder.path("pictures")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for name in PictureFormatTests.names {
      let source = try #require(Bundle.module.resourceURL).appending(path: "Pictures/\(name)")
      try FileManager.default.copyItem(at: source, to: URL(filePath: "\(path)/\(name)"))
    }
    try WholeFile.write(Array("no picture".utf8), to: "\(path)/letter.txt")
    try WholeFile.write(Array("no picture".utf8), to: "\(path)/letter.webp")
    return path
  }

  @Test func extractReadsEachByItsContent() throws {
    let folder = try TemporaryFolder()
    let path = try pictures(in: folder)
    let outcome = try ExtractRun.make(
      ExtractRequest(inputs: [path], out: folder.path("set")))
    #expect(outcome.kept == 4 && outcome.withoutFaces == 0)
    #expect(outcome.notes.count == 1 && outcome.notes[0].contains("letter.webp"))
    let set = try FaceSet(reading: folder.path("set"))
    let crops = try set.lines.map { try Image(reading: folder.path("set/\($0.file)")) }
    // They are the same face, upright.
    for crop in crops.dropFirst() {
      let sum = zip(crop.pixels, crops[0].pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(sum < 8 * crop.pixels.count)
    }
    #expect(set.lines.allSatisfy { abs($0.pose?.roll ?? 9) < 3 })
  }

  @Test func convertWritesThemAsPNGBesideTheirNames() throws {
    let video = try TwoPersonVideo(frames: 1, second: 0..<1)
    let path = try pictures(in: video.folder)
    var request = ConversionRequest(
      model: try video.weights(), input: path, side: .b, output: video.folder.path("swapped"))
    let outcome = try Conversion.run(request)
    #expect(outcome.frames == 5 && outcome.swapped == 4)
    #expect(outcome.notes.count == 1 && outcome.notes[0].contains("letter.webp"))
    let made = try FileManager.default.contentsOfDirectory(atPath: request.output).sorted()
    #expect(
      made.filter { $0.hasPrefix("avif") || $0.hasPrefix("jpeg") || $0.hasPrefix("webp") }
        == ["avif.mp4.png", "jpeg2000.png", "webp.png"])
    let single = video.folder.path("single.png")
    (request.input, request.output) = ("\(path)/sideways.jpg", single)
    #expect(try Conversion.run(request).swapped == 1)
    #expect(try Image(reading: single).width == 256)
  }

  @Test func aFaceThatIsNotUprightIsSwappedWhereItIs() throws {
    let video = try TwoPersonVideo(frames: 1, second: 0..<1)
    var picture = Image(width: 420, height: 300, filled: Color(90, 110, 100))
    picture.paste(Scene().rendered(side: 224).image, x: 150, y: 40)
    let model = try video.weights()
    func swapped(_ turn: QuarterTurn) throws -> Image {
      let (input, output) = (video.folder.path("in.png"), video.folder.path("out.png"))
      try WholeFile.write(try picture.turned(turn).encoded(as: .png, mark: nil), to: input)
      let request = ConversionRequest(model: model, input: input, side: .b, output: output)
      #expect(try Conversion.run(request).swapped == 1)
      return try Image(reading: output).turned(turn.inverse)
    }
    let upright = try swapped(.none)
    #expect(upright != picture)
    for turn in [QuarterTurn.right, .half, .left] {
      let turned = try swapped(turn)
      let sum = zip(turned.pixels, upright.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(sum) / Double(turned.pixels.count) < 1, "\(turn)")
    }
  }
}
