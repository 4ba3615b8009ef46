import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct FacePictureTests {
  @Test func landmarksFollowThePictureToItsMiddleSquare() throws {
    let folder = try TemporaryFolder()
    try folder.write(Image(width: 80, height: 64, filled: Color(gray: 9)), as: "a.png")
    let points = (0..<68).map { SIMD2(Float($0), 32) }
    let line = FaceEntry(file: "a.png", landmarks: points)
    let picture = try FacePicture.read(name: "a.png", in: folder.path, line: line).get()
    #expect(picture.image.width == 256)
    #expect(picture.landmarks?[8] == SIMD2(0, 128))
    #expect(picture.landmarks?[40] == SIMD2(128, 128))
    #expect(try FacePicture.read(name: "a.png", in: folder.path).get().landmarks == nil)
  }
}
