import Foundation
import Records
import Testing

@testable import Web

struct MultipartTests {
  /// What `curl -F note='a "b"' -F file=@x.bin -F empty=@empty` sends.
  private static let form = Data(
    ("preamble\r\n--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na \"b\"\r\n--xyz\r\n"
      + "Content-Disposition: form-data; name=\"file\"; filename=\"../x%22.bin\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n\r\n--xy\r\n-\r\n\r\n--xyz\r\n"
      + "content-disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n--xyz--\r\nend")
      .utf8)

  /// The events, with the bytes of a part joined.
  private func events(_ bytes: Data, every step: Int) throws -> [MultipartParser.Event] {
    var parser = MultipartParser(boundary: "xyz")
    var events: [MultipartParser.Event] = []
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + step)
      try parser.read(bytes.subdata(in: place..<end)) { event in
        if case .bytes(let more) = event, case .bytes(let before)? = events.last {
          events[events.count - 1] = .bytes(before + more)
        } else {
          events.append(event)
        }
      }
      place = end
    }
    try parser.finish()
    return events
  }

  @Test(arguments: [1, 2, 3, 5, 7, 50, 10_000])
  func aFormIsReadInPartsOfAnySize(step: Int) throws {
    #expect(
      try events(MultipartTests.form, every: step) == [
        .field("note"), .bytes(Data("a \"b\"".utf8)), .end,
        .file("file", original: "../x\".bin"), .bytes(Data("\r\n--xy\r\n-\r\n".utf8)), .end,
        .file("empty", original: ""), .end,
      ])
  }

  @Test func aFormThatEndsEarlyIsRefused() {
    for length in [0, 5, 40, 100, 200, MultipartTests.form.count - 8] {
      #expect(throws: WebFault.self) {
        _ = try events(MultipartTests.form.prefix(length), every: 16)
      }
    }
  }

  @Test func boundariesAreRead() {
    #expect(MultipartParser.boundary(of: "multipart/form-data; boundary=\"a b\"") == "a b")
    #expect(MultipartParser.boundary(of: "Multipart/Form-Data;boundary=--x") == "--x")
    #expect(MultipartParser.boundary(of: "multipart/form-data") == nil)
    #expect(MultipartParser.boundary(of: "text/plain; boundary=x") == nil)
  }

  @Test func namesOfFilesAreTamed() {
    #expect(FileName.tamed("../../etc/pass wd.PNG") == "pass-wd.png")
    #expect(FileName.tamed("C:\\clips\\a.b.mp4") == "a.b.mp4")
    #expect(FileName.tamed("..") == "x")
    #expect(FileName.tamed("") == "x")
  }
}
