import Engine
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Faces

@Suite struct PictureFramingTests {
  private let finder: FaceFinder
  private let portrait: Image

  init() throws {
    finder = try FaceFinder()
    portrait = Scene().rendered(side: 256).image
  }

  private func aligned(_ image: Image) throws -> Image {
    let face = try #require(try finder.find(in: image).first)
    return FaceAlignment(landmarks: face.landmarks).picture(from: image)
  }

  private func framing(_ image: Image) throws -> PictureFraming? {
    try PictureFraming(of: image, finder: finder)
  }

  @Test func aCropIsKnownByTheFacesPlaceAtAnySize() throws {
    let crop = try aligned(portrait)
    #expect(try framing(crop) == .aligned)
    let large = crop.resized(width: 512, height: 512, filter: .lanczos)
    #expect(try framing(large) == .aligned)
  }

  @Test func aFaceElsewhereIsInAPhotograph() throws {
    var scene = Image(width: 420, height: 420, filled: Color(gray: 120))
    scene.paste(portrait, x: 10, y: 140)
    #expect(try framing(scene) == .photographs)
    // A square around the face that is not aligned is none of its crops.
    #expect(try framing(portrait.cropped(x: 0, y: 0, width: 230, height: 230)) == .photographs)
  }

  @Test func shapeAndSizeTellWithoutAFace() throws {
    let gray = Image(width: 200, height: 200, filled: Color(gray: 120))
    #expect(try framing(gray) == nil)
    #expect(try framing(gray.cropped(x: 0, y: 0, width: 200, height: 199)) == .photographs)
    #expect(try framing(gray.cropped(x: 0, y: 0, width: 128, height: 128)) == .aligned)
  }

  @Test func mostOfAFolderDecides() throws {
    let folder = try TemporaryFolder()
    let crop = try aligned(portrait)
    let wide = Image(width: 300, height: 200, filled: Color(gray: 120))
    func write(_ image: Image, _ name: String) throws {
      try WholeFile.write(try image.encoded(as: .png, mark: nil), to: folder.path(name))
    }
    try write(crop, "a.png")
    try write(crop, "b.png")
    try write(wide, "c.png")
    try WholeFile.write(Array("none".utf8), to: folder.path("d.png"))
    #expect(try PictureFraming(of: folder.path, finder: finder) == .aligned)
    try write(wide, "e.png")
    #expect(try PictureFraming(of: folder.path, finder: finder) == .photographs)
  }

  @Test func theMeanFaceIsWhereItBelongs() {
    let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }
    #expect(PictureFraming.offset(of: landmarks) < 1e-4)
    #expect(abs(PictureFraming.offset(of: landmarks.map { $0 + SIMD2(3, -4) }) - 5) < 1e-4)
  }
}
