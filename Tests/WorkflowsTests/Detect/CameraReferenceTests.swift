import Detection
import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

/// Which of some known cameras took a file.
@Suite struct CameraReferenceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A picture that a camera took: its own pattern, and other noise each time.
  private func picture(_ camera: UInt64, _ number: UInt64, side: Int = 128) -> Image {
    func noise(_ most: Float) -> [Float] { (0..<4096).map { (Float($0) / 2048 - 1) * most } }
    return Image(width: side, height: side, filled: Color(gray: 128))
      .noised(noise(8), seed: camera).noised(noise(6), seed: 1000 * camera + number)
  }

  private func references(cameras: Int = 3) throws -> String {
    for camera in 1...cameras {
      let path = folder.path("references/camera \(camera)")
      try RunFolder.make(path)
      for number in 0..<6 {
        try write(picture(UInt64(camera), UInt64(number)), to: "\(path)/\(number).png")
      }
    }
    return folder.path("references")
  }

  private func write(_ image: Image, to path: String) throws {
    try WholeFile.write(try image.encoded(as: .png, mark: nil), to: path)
  }

  @Test func theCameraOfAPictureIsTold() throws {
    let references = try CameraReferences(reading: try references())
    let path = folder.path("picture.png")
    for camera in 1...4 {
      try write(picture(UInt64(camera), 50), to: path)
      let matches = try references.matches(of: .picture(path))
      #expect(matches.count == 3)
      #expect(matches.map(\.isSame) == [camera < 4, false, false], "\(matches)")
      let sentence = CameraMatch.sentence(matches)
      if camera < 4 {
        #expect(matches[0].camera == "camera \(camera)")
        #expect(
          sentence.hasPrefix(
            "Camera: the noise matches that of 'camera \(camera)' (peak-to-correlation"))
      } else {
        #expect(
          sentence.hasPrefix("Camera: the noise matches that of none of 3 cameras (the highest"))
      }
    }
  }

  @Test func theVerdictAndTheReportNameTheCamera() throws {
    let path = folder.path("picture.png")
    try write(picture(2, 50), to: path)
    let shop = try StripedWorkshop()
    var request = InferenceRequest(inputs: [path])
    (request.workspace, request.references) = (
      shop.workspace.path, try references()
    )
    (request.out, request.isExplained) = (folder.path("out"), true)
    var scored: [FileVerdict] = []
    var sentences: [String] = []
    try FileInference.run(request) { event in
      if case .scored(let verdict, let explanation, _) = event {
        scored.append(verdict)
        sentences += explanation?.sentences ?? []
      }
    }
    #expect(scored.first?.cameras?.first?.camera == "camera 2")
    let sentence = try #require(scored.first?.cameraSentence)
    #expect(sentences.last == sentence)
    let page = try String(contentsOfFile: folder.path("out/report.md"), encoding: .utf8)
    #expect(page.contains(sentence) && page.contains("| camera 2 |"))
    #expect(page.contains("--references"))
  }

  @Test func foldersWithoutReferencesAreRefusedInASentence() throws {
    func reason(_ path: String) -> String? {
      let error = #expect(throws: WorkflowError.self) { _ = try CameraReferences(reading: path) }
      return error?.description
    }
    let remedy = """
      Give --references a folder with one folder for each camera, with its unscaled pictures of one size.
      """
    let none = folder.path("none")
    #expect(
      reason(none) == "No reference pictures of cameras in '\(none)': it is no folder. \(remedy)")
    try RunFolder.make(none)
    #expect(
      reason(none)
        == "No reference pictures of cameras in '\(none)': it has no folders of pictures. \(remedy)"
    )
    try RunFolder.make("\(none)/empty")
    #expect(
      reason(none)
        == "No reference pictures of cameras in '\(none)/empty': it has no pictures. \(remedy)")
    try write(picture(1, 1), to: "\(none)/empty/1.png")
    try write(picture(1, 2, side: 96), to: "\(none)/empty/2.png")
    #expect(
      reason(none)
        == "No reference pictures of cameras in '\(none)/empty': one of its pictures has 96×96 pixels, and "
        + "another 128×128. \(remedy)")
    try Data("no picture".utf8).write(to: URL(filePath: "\(none)/empty/2.png"))
    #expect(throws: MediaError.self) { _ = try CameraReferences(reading: none) }
  }
}
