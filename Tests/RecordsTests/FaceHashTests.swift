import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Records

@Suite struct FaceHashTests {
  private func hash(_ names: [String], of pictures: [Image]) throws -> String {
    let folder = try TemporaryFolder()
    let faces = try zip(names, pictures).map { name, picture in
      try WholeFile.write(try picture.encoded(as: .png, mark: nil), to: folder.path(name))
      return try FacePicture.read(name: name, in: folder.path).get()
    }
    return FaceHash.of(faces)
  }

  @Test func itChangesWithNamesPixelsAndOrder() throws {
    var pictures = gradientPictures(2, seed: 4)
    let hash = try self.hash(["a.png", "b.png"], of: pictures)
    #expect(hash.count == 64)
    #expect(try self.hash(["a.png", "b.png"], of: pictures) == hash)
    #expect(try self.hash(["a.png", "c.png"], of: pictures) != hash)
    #expect(try self.hash(["b.png", "a.png"], of: pictures.reversed()) != hash)
    pictures[1].pixels[1000] ^= 1
    #expect(try self.hash(["a.png", "b.png"], of: pictures) != hash)
  }
}
