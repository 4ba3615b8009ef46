import Foundation
import Testing

@testable import Faces

@Suite struct FaceLineTests {
  @Test func survivesARoundTrip() throws {
    let line = FaceEntry.full("000001.jpg")
    #expect(try JSONDecoder().decode(FaceEntry.self, from: Data(try line.json)) == line)
  }

  @Test func keysAreInOrderAndWhatIsNotKnownIsAbsent() throws {
    let text = String(
      decoding: try FaceEntry(file: "a.jpg", landmarks: .diagonal).json, as: UTF8.self)
    #expect(text.hasPrefix(#"{"file":"a.jpg","landmarks":[[0,0.25],[2.5,1.25],"#))
    #expect(text.hasSuffix("[167.5,67.25]]}\n"))
    let whole = String(decoding: try FaceEntry.full("a/b.jpg").json, as: UTF8.self)
    #expect(whole.contains(#""matrix":[0.5,-0.25,3.125,0.25,0.5,-8]"#))
    #expect(whole.contains(#""pose":[0.25,-0.125,0.0625]"#))
    #expect(whole.contains(#""box":[10.5,20,300.25,310]"#))
    #expect(whole.contains(#""mask":"masks/000001.png""#))
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(whole.utf8)) as? [String: Any])
    let places = object.keys.sorted().map { whole.range(of: "\"\($0)\":")?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(
      zip(places, places.dropFirst()).allSatisfy {
        ($0 ?? whole.endIndex) < ($1 ?? whole.startIndex)
      })
  }

  @Test func numbersAreShort() throws {
    var line = FaceEntry(file: "a.jpg", landmarks: .diagonal.map { $0 + 1 / 3 })
    line.box = FaceBox(x: 1 / 3, y: 2 / 3, width: 100.005001, height: 1e3)
    line.time = 1.0 / 30
    let text = String(decoding: try line.json, as: UTF8.self)
    #expect(text.contains(#""landmarks":[[0.33,0.58],[2.83,1.58]"#))
    #expect(text.contains(#""box":[0.33,0.67,100.01,1000]"#))
    #expect(text.contains(#""time":0.033333"#))
  }

  @Test func aMatrixTakesTheSourceToTheCrop() {
    let map = AffineMap(row: [2, 0, 5, 0, 3, 7])
    #expect(map(SIMD2(1, 1)) == SIMD2(7, 10))
    #expect(map.inverse(SIMD2(7, 10)) == SIMD2(1, 1))
    #expect(map.determinant == 6)
    #expect(map.row == [2, 0, 5, 0, 3, 7])
  }

  @Test(arguments: [
    ("a.jpg", true), ("ä b\n.jpg", true), ("..jpg", true), ("a/b.jpg", false), ("", false),
    ("..", false), (".", false), ("/etc/passwd", false), ("a\0.jpg", false),
  ])
  func aPictureLiesInTheFolderItself(name: String, isName: Bool) {
    #expect(FaceEntry.isName(name) == isName)
  }

  @Test(arguments: [
    ("masks/1.png", true), ("a/b/c.png", true), ("../1.png", false), ("a/../../1.png", false),
    ("/1.png", false), ("a//b.png", false), ("a/./b.png", false), ("a/", false),
  ])
  func masksLieBelowTheFolder(path: String, isInside: Bool) {
    #expect(FaceEntry.isInside(path) == isInside)
  }
}
