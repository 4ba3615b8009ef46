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

/// Clips of a rendered person, converted by an untrained model.
@Suite(.serialized) struct VideoConversionTests {
  /// A workspace, a clip and weights.
  private struct Stage {
    let folder: TemporaryFolder
    let clip, weights: String

    init(frames: Int, width: Int = 320, height: Int = 256) throws {
      folder = try TemporaryFolder()
      clip = folder.path("a clip.mp4")
      weights = folder.path("weights.safetensors")
      let info = VideoInfo(width: width, height: height, frameRate: Rational(25, 1))
      var encoding = VideoEncoding()
      encoding.isLossless = true
      let writer = try VideoWriter(path: clip, encoding: encoding, of: info, mark: nil)
      // One portrait moves over a plain ground: rendering more would take longer than converting.
      let portrait = Scene().rendered(side: 224).image
      for number in 0..<frames {
        var picture = Image(width: width, height: height, filled: Color(90, 110, 100))
        picture.paste(portrait, x: 20 + number % 40, y: 16)
        try writer.write(VideoFrame(picture, timestamp: number, of: info))
      }
      try writer.finish()
      let model = SwapModel(.fast, randomness: RandomSource(seed: 5))
      try Checkpoint.write(
        model.parameters.entries, metadata: fastMetadata, to: weights)
    }

    func request(_ name: String = "out.mp4") -> ConversionRequest {
      var request = ConversionRequest(
        model: weights, input: clip, side: .b, output: folder.path(name))
      request.encoding.isLossless = true
      return request
    }
  }

  private func frames(_ path: String) throws -> [(picture: Image, timestamp: Int)] {
    let reader = try VideoReader(reading: path)
    var frames: [(Image, Int)] = []
    while let frame = try reader.next() { frames.append((try frame.picture(), frame.timestamp)) }
    return frames
  }

  @Test func onlyTheFaceChanges() throws {
    let stage = try Stage(frames: 20)
    let outcome = try Conversion.run(stage.request())
    #expect(outcome.frames == 20 && outcome.swapped == 20)
    let (before, after) = (try frames(stage.clip), try frames(outcome.output))
    #expect(before.map(\.timestamp) == after.map(\.timestamp))
    for (number, (old, new)) in zip(before, after).enumerated() {
      #expect(old.picture != new.picture, "frame \(number) was not changed")
      // The portrait's own rectangle holds the whole mask; beyond it every pixel is kept.
      for y in 0..<256 {
        for x in 0..<320
        where !(20 + number % 40..<244 + number % 40).contains(x) || !(16..<240).contains(y) {
          #expect(old.picture[x: x, y: y] == new.picture[x: x, y: y])
        }
      }
    }
    #expect(!FileManager.default.fileExists(atPath: "\(outcome.output).parts"))
  }

  @Test func anInterruptedConversionGoesOn() throws {
    let stage = try Stage(frames: 300)
    let whole = try Conversion.run(stage.request("whole.mp4"))
    let interruption = Interruption()
    let request = stage.request("half.mp4")
    let half = try Conversion.run(request, interruption: interruption) { event in
      if case .converted(let done, _) = event, done >= 272 { interruption.press() }
    }
    #expect(half.frames == 256)
    #expect(!FileManager.default.fileExists(atPath: request.output))
    let done = try Conversion.run(request)
    #expect(done.resumed == 256 && done.frames == 300)
    #expect(done.flicker == whole.flicker)
    let (one, other) = (try frames(whole.output), try frames(done.output))
    #expect(one.count == 300 && one.count == other.count)
    for (a, b) in zip(one, other) { #expect(a == b) }
  }

  @Test func aClipWithoutFacesIsSaid() throws {
    let stage = try Stage(frames: 1)
    let empty = stage.folder.path("empty.mp4")
    let info = VideoInfo(width: 128, height: 128, frameRate: Rational(25, 1))
    let writer = try VideoWriter(path: empty, encoding: VideoEncoding(), of: info, mark: nil)
    let picture = Image(width: 128, height: 128, filled: Color(90, 110, 100))
    for number in 0..<5 { try writer.write(VideoFrame(picture, timestamp: number, of: info)) }
    try writer.finish()
    var request = stage.request()
    request.input = empty
    #expect(throws: WorkflowError.noFace(path: empty)) { try Conversion.run(request) }
    let left = try FileManager.default.contentsOfDirectory(atPath: stage.folder.path).sorted()
    #expect(left == ["a clip.mp4", "empty.mp4", "weights.safetensors"])
  }

  @Test func theInputIsNeverReplaced() throws {
    let stage = try Stage(frames: 1)
    let files = FileManager.default
    let (link, twin) = (stage.folder.path("link.mp4"), stage.folder.path("twin.mp4"))
    try files.createSymbolicLink(atPath: link, withDestinationPath: "a clip.mp4")
    try files.linkItem(atPath: stage.clip, toPath: twin)
    let bytes = try Data(contentsOf: URL(filePath: stage.clip))
    let pairs = [
      (stage.clip, stage.clip), (stage.clip, link), (link, stage.clip), (twin, stage.clip),
      (stage.clip, stage.folder.path("./a clip.mp4")), ("file://\(stage.clip)", stage.clip),
    ]
    for (input, output) in pairs {
      var request = stage.request()
      (request.input, request.output) = (input, output)
      #expect(throws: WorkflowError.sameFile(path: output)) { try Conversion.run(request) }
    }
    #expect(try Data(contentsOf: URL(filePath: stage.clip)) == bytes)
  }

  @Test func twoProcessesDoNotMakeOneVideo() throws {
    let stage = try Stage(frames: 1)
    let request = stage.request()
    let folder = ConversionFolder(for: request.output)
    let lock = try folder.claim()
    let error = RecordsError.folderInUse(
      path: folder.path, process: "number \(ProcessInfo.processInfo.processIdentifier)")
    #expect(throws: error) { try Conversion.run(request) }
    withExtendedLifetime(lock) {}
  }

  @Test func piecesNeverTakeTheRoomOfSomethingElse() throws {
    let stage = try Stage(frames: 1)
    let request = stage.request()
    let parts = "\(request.output).parts"
    try FileManager.default.createDirectory(atPath: parts, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: "\(parts)/letter"))
    #expect(throws: WorkflowError.foreignFolder(path: parts)) { try Conversion.run(request) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: parts) == ["letter"])
    // An empty folder is in nobody's way.
    try FileManager.default.removeItem(atPath: "\(parts)/letter")
    #expect(try Conversion.run(request).frames == 1)
  }

  @Test func whereNothingIsFinishedNothingIsLeft() throws {
    let stage = try Stage(frames: 1)
    let odd = stage.folder.path("odd.mkv")
    let info = VideoInfo(width: 129, height: 127, frameRate: Rational(25, 1))
    var encoding = VideoEncoding()
    encoding.codec = .ffv1
    let writer = try VideoWriter(path: odd, encoding: encoding, of: info, mark: nil)
    let picture = Image(width: 129, height: 127, filled: Color(90, 110, 100))
    try writer.write(VideoFrame(picture, timestamp: 0, of: info))
    try writer.finish()
    var request = stage.request()
    request.input = odd
    let error = #expect(throws: MediaError.self) { try Conversion.run(request) }
    #expect(error?.description.contains("ask for the codec ffv1") == true)
    #expect(!FileManager.default.fileExists(atPath: "\(request.output).parts"))
  }

  @Test func whatCannotBeIsRefusedBeforeAnyWork() throws {
    let stage = try Stage(frames: 1)
    var request = stage.request()
    let taken = stage.folder.path("folder.mp4")
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    request.output = taken
    #expect(
      throws: MediaError.unwritableVideo(path: taken, reason: "it is a folder; name a file")
    ) { try Conversion.run(request) }
    request = stage.request("out.gif")
    #expect(throws: MediaError.self) { try Conversion.run(request) }
    request = stage.request()
    request.model = stage.folder.path("none.safetensors")
    #expect(throws: EngineError.self) { try Conversion.run(request) }
  }

  @Test func picturesAndFoldersAreConverted() throws {
    let stage = try Stage(frames: 1)
    let pictures = stage.folder.path("pictures")
    try FileManager.default.createDirectory(atPath: pictures, withIntermediateDirectories: true)
    let picture = try frames(stage.clip)[0].picture
    try WholeFile.write(try picture.encoded(as: .png, mark: nil), to: "\(pictures)/1.png")
    let plain = Image(width: 90, height: 90, filled: Color(gray: 90))
    try WholeFile.write(try plain.encoded(as: .png, mark: nil), to: "\(pictures)/2.png")
    var request = stage.request("swapped")
    request.input = pictures
    let outcome = try Conversion.run(request)
    #expect(outcome.frames == 2 && outcome.swapped == 1)
    var single = stage.request("1.gif")
    single.input = "\(pictures)/1.png"
    let reason = "the extension of '\(single.output)' must be .png or .jpg"
    #expect(throws: MediaError.unencodable(reason: reason)) { try Conversion.run(single) }
    single.output = stage.folder.path("1.jpg")
    #expect(try Conversion.run(single).swapped == 1)
    #expect(try Image(reading: single.output).width == picture.width)
    #expect(outcome.notes == ["Skipping '2.png': no matching face."])
    let swapped = try Image(reading: "\(request.output)/1.png")
    #expect(swapped.width == picture.width && swapped != picture)
  }
}
