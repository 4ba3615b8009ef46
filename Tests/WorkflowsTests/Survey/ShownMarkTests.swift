import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct ShownMarkTests {
  private let folder: TemporaryFolder
  private let synthetic = Mark.synthetic(by: Program.name)
  private let rendered = Mark.rendered(by: Program.name)

  init() throws { folder = try TemporaryFolder() }

  /// What a file says of how it was made: the last word of its source type.
  private func mark(of bytes: [UInt8]) -> String? {
    [synthetic, rendered].map(\.sourceType).first {
      Data(bytes).range(of: Data($0.utf8)) != nil
    }?.split(separator: "/").last.map(String.init)
  }

  private func mark(ofFile path: String) throws -> String? {
    mark(of: [UInt8](try Data(contentsOf: URL(filePath: path))))
  }

  @Test func aSheetOfMadeFacesIsMarkedAsTheyAre() throws {
    let faces = try writeFaces("faces", in: folder, seed: 1)
    let survey = try FaceSetSummary(of: faces)
    func sheet() throws -> String? {
      mark(of: try survey.sheet(of: survey.faces, by: nil, most: 16))
    }
    #expect(try sheet() == nil)
    for (name, made) in [("03", rendered), ("02", synthetic)] {
      let path = "\(faces)/\(name).png"
      try WholeFile.write(try Image(reading: path).encoded(as: .png, mark: made), to: path)
      #expect(try sheet() == made.sourceType.split(separator: "/").last.map(String.init))
    }
  }

  @Test func facesThatAreCutOutOfMadePicturesAreMarkedAsThese() throws {
    var portrait = Image(width: 320, height: 256, filled: Color(90, 110, 100))
    portrait.paste(Scene().rendered(side: 224).image, x: 40, y: 16)
    for (name, made) in [("real", nil), ("render", rendered), ("swap", synthetic)] {
      let picture = folder.path("\(name).png")
      try WholeFile.write(try portrait.encoded(as: .png, mark: made), to: picture)
      var request = ExtractRequest(inputs: [picture], out: folder.path(name))
      request.hasMasks = true
      #expect(try ExtractRun.make(request).kept == 1)
      let expected = made?.sourceType.split(separator: "/").last.map(String.init)
      for file in ["000001.jpg", "sheet.png", "masks/000001.png"] {
        #expect(try mark(ofFile: folder.path("\(name)/\(file)")) == expected, "\(name) \(file)")
      }
    }
  }
}
