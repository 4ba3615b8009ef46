import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Records

@Suite struct FaceHashTests {
  private func faces(_ names: [String], of pictures: [Image]) throws -> [FacePicture] {
    let folder = try TemporaryFolder()
    return try zip(names, pictures).map { name, picture in
      try WholeFile.write(try picture.encoded(as: .png, mark: nil), to: folder.path(name))
      return try FacePicture.read(name: name, in: folder.path).get()
    }
  }

  @Test func itChangesWithNamesPixelsAndOrder() throws {
    var pictures = gradientPictures(2, seed: 4)
    let hash = FaceHash.of(try faces(["a.png", "b.png"], of: pictures))
    #expect(hash.count == 64 && hash == FaceHash.of(try faces(["a.png", "b.png"], of: pictures)))
    #expect(hash != FaceHash.of(try faces(["a.png", "c.png"], of: pictures)))
    #expect(hash != FaceHash.of(try faces(["b.png", "a.png"], of: pictures.reversed())))
    pictures[1].pixels[1000] ^= 1
    #expect(hash != FaceHash.of(try faces(["a.png", "b.png"], of: pictures)))
  }
}
