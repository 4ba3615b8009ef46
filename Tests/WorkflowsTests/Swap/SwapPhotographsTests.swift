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

/// `dflab swap` on folders of photographs.
@Suite(.serialized) struct SwapPhotographsTests {
  private func request(_ folder: TemporaryFolder, _ a: String, _ b: String) throws -> SwapRequest {
    _ = try testWorkspace(in: folder)
    var request = SwapRequest(a: a, b: b)
    (request.workspace, request.name) = (folder.path, "r")
    (request.batch, request.iterations) = (1, 1)
    return request
  }

  @Test func facesAreFoundSwappedAndPutBackIntoThePhotographs() throws {
    let folder = try TemporaryFolder()
    let a = try Photographs.write("a", of: 21, in: folder, more: [0.02, 0.5])
    let b = try Photographs.write("b", of: 22, in: folder)
    // What is no use: no face, no picture; and a picture that lies on its side, by its EXIF.
    let empty = Image(width: 200, height: 150, filled: Color(gray: 90))
    try Photographs.write(empty, to: "\(a)/30.png")
    try WholeFile.write([0xFF, 0xD8, 0xFF, 0xE0], to: "\(a)/31.jpg")
    let sideways = try #require(Bundle.module.resourceURL).appending(path: "Pictures/sideways.jpg")
    try FileManager.default.copyItem(at: sideways, to: URL(filePath: "\(a)/32.jpg"))
    var request = try request(folder, a, b)
    request.sessionOptions.direction = .a2b
    var outcomes: [ExtractOutcome] = []
    let made = try SwapRun.train(request) { event in
      if case .extracted(_, _, let outcome) = event { outcomes.append(outcome) }
    }
    #expect(outcomes.map(\.kept) == [19, 16] && outcomes.map(\.frames) == [20, 16])
    #expect(outcomes[0].omitted == "1 without a face, 1 unreadable" && outcomes[1].omitted == "")

    // The face sets are the workspace's, one face for each photograph in the order of names.
    let lines = try FaceSet(reading: folder.path("Datasets/r/a")).lines
    #expect(
      lines.compactMap { $0.source.map { ($0 as NSString).lastPathComponent } } == (10..<26).map {
        "\($0).png"
      } + ["32.jpg", "50.png", "51.png"])

    // The last one is turned too far for what was trained on.
    #expect(made.swaps.pictures == 19 && made.swaps.swapped == 18)
    #expect(made.swaps.left == [.turned: 1])
    let run = RunFolder(try RunName("r"), in: try Workspace(at: folder.path))
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(run.swaps)/a2b").sorted()
    #expect(names == (10..<26).map { "\($0).png" } + ["32.jpg", "50.png"])
    try check("10.png", in: a, swaps: "\(run.swaps)/a2b")
    let upright = try Image(reading: "\(run.swaps)/a2b/32.jpg")
    let original = try Image(reading: "\(a)/32.jpg")
    #expect(upright.width == original.width && upright.height == original.height)

    let results = try #require(try SwapResults.read(at: run.results))
    #expect(results.swaps?.left == [.turned: 1] && results.swaps?.fit.faces == 18)
    let report = try String(contentsOfFile: run.markdown, encoding: .utf8)
    #expect(report.contains("faces left as they were: turned farther than the training faces | 1"))
    #expect(report.contains("| photographs |") && report.contains("sharpness of the faces"))

    // The same command finds nothing to do, and no faces again.
    var events: [SwapEvent] = []
    let again = try SwapRun.train(request) { events.append($0) }
    #expect(again.swaps == made.swaps)
    #expect(!events.contains { if case .extracted = $0 { true } else { false } })
    try expectReport(in: run.lab)
  }

  /// A photograph with another face in it, marked, and as it was everywhere else.
  private func check(_ name: String, in photographs: String, swaps: String) throws {
    let (old, new) = (
      try Image(reading: "\(photographs)/\(name)"), try Image(reading: "\(swaps)/\(name)")
    )
    #expect(old.width == new.width && old.height == new.height)
    var (inside, outside) = (0, 0)
    for y in 0..<old.height {
      for x in 0..<old.width where old[x: x, y: y] != new[x: x, y: y] {
        let isPortrait =
          (Photographs.x..<Photographs.x + Photographs.side).contains(x)
          && (Photographs.y..<Photographs.y + Photographs.side).contains(y)
        if isPortrait { inside += 1 } else { outside += 1 }
      }
    }
    #expect(inside > 1000 && outside == 0)
    let bytes = FileManager.default.contents(atPath: "\(swaps)/\(name)") ?? Data()
    #expect(bytes.range(of: Data("/compositeWithTrainedAlgorithmicMedia".utf8)) != nil)
  }

  @Test func ofSeveralFacesThePersonIsTakenWhoRecurs() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("photographs")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let person = Photographs.portraits(of: 21, yaws: (0..<8).map { Float($0 % 3) * 0.05 })
    let others = (0..<3).map { Photographs.portraits(of: UInt64(30 + $0), yaws: [0])[0] }
    for (index, portrait) in person.enumerated() {
      // In every other picture, somebody else stands at the left.
      let picture =
        index.isMultiple(of: 2) && index < 6
        ? Photographs.photograph(others[index / 2], beside: portrait)
        : Photographs.photograph(portrait)
      try Photographs.write(picture, to: "\(path)/\(index).png")
    }
    var request = ExtractRequest(inputs: [path], out: folder.path("set"))
    (request.keepsOneFace, request.minSize, request.hasMasks) = (true, 48, true)
    let outcome = try ExtractRun.make(request)
    #expect(outcome.kept == 8 && outcome.rejected == ["other-identity": 3])
    #expect(outcome.omitted == "3 of other identities")
    let lines = try FaceSet(reading: folder.path("set")).lines
    #expect(lines.count == 8)
    for (index, line) in lines.enumerated() {
      let isRight = index.isMultiple(of: 2) && index < 6
      let center = try #require(line.box).x + (line.box?.width ?? 0) / 2
      #expect((center > Double(Photographs.x + Photographs.side)) == isRight, "picture \(index)")
      #expect(FileManager.default.fileExists(atPath: folder.path("set/\(line.file)")))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("set"))
    #expect(names.count { $0.hasSuffix(".jpg") } == 8)
    let masks = try FileManager.default.contentsOfDirectory(atPath: folder.path("set/masks"))
    #expect(masks.count == 8)
    // A session that was killed after the choice finds it made.
    #expect(try RecurringFaces(folder: ExtractFolder(path: folder.path("set"))).choose() == 8)
  }

  @Test func alignedCropsAreRecognizedAndTakenAsTheyAre() throws {
    let folder = try TemporaryFolder()
    let a = try Photographs.write("photographs", of: 21, in: folder)
    var extraction = ExtractRequest(inputs: [a], out: folder.path("crops"))
    extraction.minSize = 48
    _ = try ExtractRun.make(extraction)
    for name in ["faces.jsonl", "sheet.png"] {
      try FileManager.default.removeItem(atPath: folder.path("crops/\(name)"))
    }
    let run = RunFolder(try RunName("r"), in: try testWorkspace(in: folder))
    func source(_ path: String, _ change: (inout SwapRequest) -> Void = { _ in }) throws
      -> SwapSource
    {
      var request = SwapRequest(a: path, b: path)
      change(&request)
      return try SwapSource(
        .a, at: path, for: request, run: run, in: try Workspace(at: folder.path), old: nil,
        Interruption(), { _ in })
    }
    #expect(try source(folder.path("crops")).photographs == nil)
    #expect(try source(a) { $0.takesCrops = true }.faces == a)
    let found = try source(a)
    #expect(found.faces == folder.path("Datasets/r/a"))
    #expect(found.photographs.map { ($0 as NSString).lastPathComponent } == "photographs")
    // A manifest says enough, unless the user knows better.
    #expect(try source(found.faces).photographs == nil)
    #expect(try source(folder.path("crops")) { $0.takesPhotographs = true }.photographs != nil)
  }

  @Test func anInterruptedSearchIsTakenUpAgain() throws {
    let folder = try TemporaryFolder()
    let a = try Photographs.write("a", of: 21, in: folder)
    let b = try Photographs.write("b", of: 22, in: folder)
    let request = try request(folder, a, b)
    let interruption = Interruption()
    interruption.press()
    let outcome = try SwapRun.train(request, interruption: interruption)
    #expect(outcome.stopped == .interrupted && outcome.best == nil && outcome.iteration == 0)
    #expect(try SwapRun.train(request).swaps.swapped == 32)
  }

  @Test func whatCannotWorkIsSaidInASentence() throws {
    let folder = try TemporaryFolder()
    let a = try Photographs.write("a", of: 21, in: folder)
    let few = folder.path("few")
    let none = folder.path("none")
    for path in [few, none] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    for name in ["10.png", "11.png"] {
      try FileManager.default.copyItem(atPath: "\(a)/\(name)", toPath: "\(few)/\(name)")
    }
    let empty = Image(width: 200, height: 150, filled: Color(gray: 90))
    for path in [few, none] { try Photographs.write(empty, to: "\(path)/99.png") }
    func error(_ b: String) throws -> String {
      do {
        _ = try SwapRun.train(try request(folder, a, b))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(
      try error(few)
        == "Only 2 usable faces in the 3 readable pictures of '\(few)' (left out: 1 without "
        + "a face), but at least 16 are required. Faces are found from the front to half profile, from "
        + "48 pixels on; for aligned face crops use --aligned.")
    #expect(
      try error(none).hasPrefix("No usable face in the only readable picture of '\(none)', but at"))
    let copy = folder.path("copy")
    try FileManager.default.copyItem(atPath: a, toPath: copy)
    #expect(try error(copy).contains("hold the same pictures. A swap needs two identities"))
    // More pictures, and it works.
    for index in 12..<26 {
      try FileManager.default.copyItem(
        atPath: "\(a)/\(index).png", toPath: "\(few)/\(index).png")
    }
    #expect(try error(few).contains("hold the same pictures"))
  }
}
