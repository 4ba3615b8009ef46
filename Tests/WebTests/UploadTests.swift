import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct UploadTests {
  private func object(_ reply: WebReply) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
  }

  private func begin(_ lab: TestLab, _ name: String, _ size: Int) async throws -> String {
    let order = "{\"name\": \"\(name)\", \"size\": \(size)}"
    let reply = try await lab.ask("POST", "/api/uploads", body: Data(order.utf8))
    #expect(reply.status == .created)
    return try #require(try object(reply)["upload"] as? String)
  }

  @Test func aFileIsSentInPartsAndScored() async throws {
    let lab = try await TestLab()
    let upload = try await begin(lab, "../a clip.MP4", 10)
    let address = "/api/uploads/\(upload)"
    let first = try await lab.ask(
      "PATCH", address, ["Upload-Offset": "0"], body: Data("01234".utf8))
    #expect(first.status == .ok && first.header("Upload-Offset") == "5")
    // What a part repeats or leaves out is refused, and changes nothing.
    for offset in ["0", "6"] {
      let reply = try await lab.ask(
        "PATCH", address, ["Upload-Offset": offset], body: Data("x".utf8))
      #expect(reply.status == .conflict)
    }
    for offset in ["", "-1", "x", "99999999999999999999"] {
      let reply = try await lab.ask("PATCH", address, ["Upload-Offset": offset])
      #expect(reply.status == .badRequest)
    }
    let early = try await lab.send("/detect", files: [], fields: ["upload-files": upload])
    #expect(early.status == .unprocessableContent)
    #expect(early.text.contains("is not complete."))
    #expect(try await lab.ask("HEAD", address).header("Upload-Offset") == "5")
    let last = try await lab.ask(
      "PATCH", address, ["Upload-Offset": "5"], body: Data("56789".utf8))
    #expect(try object(last)["offset"] as? Int == 10)
    let reply = try await lab.send("/detect", files: [], fields: ["upload-files": upload])
    #expect(reply.header("Location") == "/jobs/1")
    let file = try #require(try await lab.lab.queue.job(1).arguments.dropFirst().first)
    #expect(file.hasSuffix("/\(upload)/a-clip.mp4"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "0123456789")
  }

  @Test func aPartThatIsTooLongIsCutOff() async throws {
    let lab = try await TestLab()
    let upload = try await begin(lab, "a", 3)
    let reply = try await lab.ask(
      "PATCH", "/api/uploads/\(upload)", ["Upload-Offset": "0"], body: Data("0123".utf8))
    #expect(reply.status == .payloadTooLarge)
    #expect(try await lab.ask("GET", "/api/uploads/\(upload)").header("Upload-Offset") == "0")
    #expect(try await lab.ask("DELETE", "/api/uploads/\(upload)").status == .noContent)
    #expect(try await lab.ask("GET", "/api/uploads/\(upload)").status == .notFound)
  }

  @Test func uploadsAreBounded() async throws {
    var settings = ServerSettings()
    settings.maxUpload = 1000
    let lab = try await TestLab(settings: settings)
    for (body, status) in [
      (#"{"name": "a", "size": 1001}"#, WebStatus.payloadTooLarge),
      (#"{"name": "a", "size": -1}"#, .unprocessableContent), (#"{"name": "a"}"#, .badRequest),
      ("[]", .badRequest),
    ] {
      let reply = try await lab.ask("POST", "/api/uploads", body: Data(body.utf8))
      #expect(reply.status == status, "\(body)")
    }
    for _ in 0..<100 { _ = try await begin(lab, "a", 10) }
    let reply = try await lab.ask(
      "POST", "/api/uploads", body: Data(#"{"name": "a", "size": 1}"#.utf8))
    #expect(reply.status == .tooManyRequests)
  }

  @Test func noAddressLeadsOutOfTheUploads() async throws {
    let lab = try await TestLab()
    for name in ["..", "%2e%2e", "..%2f..", "jobs", ".upload.json", "x", "%00", "A%2fB"] {
      for method in ["GET", "PATCH", "DELETE"] {
        let reply = try await lab.ask(method, "/api/uploads/\(name)", ["Upload-Offset": "0"])
        #expect([.badRequest, .notFound].contains(reply.status), "\(method) \(name)")
      }
      let reply = try await lab.send("/detect", files: [], fields: ["upload-files": name])
      #expect(reply.status == .notFound)
    }
  }

  @Test func oldUploadsAreRemoved() async throws {
    let lab = try await TestLab()
    let (open, done) = (try await begin(lab, "a", 10), try await begin(lab, "b", 0))
    let (kept, used) = (try await begin(lab, "c", 0), try await begin(lab, "d", 0))
    func age(_ upload: String, days: Double) throws {
      let folder = "\(lab.lab.uploads.folder)/\(upload)"
      for path in try FileManager.default.contentsOfDirectory(atPath: folder) + ["."] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -days * 24 * 3600)],
          ofItemAtPath: "\(folder)/\(path)")
      }
    }
    try age(open, days: 2)
    try age(done, days: 31)
    try age(kept, days: 29)
    try age(used, days: 31)
    lab.lab.uploads.removeOld(after: 30 * 24 * 3600, except: [used])
    #expect(try lab.lab.uploads.all().map(\.upload).sorted() == [kept, used].sorted())
    let page = try await lab.ask("GET", "/uploads").text
    #expect(page.contains("<td>c</td>") && page.contains("/uploads/\(kept)/remove"))
    #expect(try await lab.ask("POST", "/uploads/\(kept)/remove").status == .seeOther)
    #expect(try lab.lab.uploads.all().count == 1)
  }

  @Test func anUploadGoesWithItsJob() async throws {
    let lab = try await TestLab(program: "exit 1")
    _ = try await lab.send("/detect", files: [("a.png", Data("x".utf8))])
    await lab.lab.queue.run()
    #expect(try await lab.end(of: 1).state == .failed)
    #expect(try lab.lab.uploads.all().map(\.names) == [["a.png"]])
    #expect(try await lab.ask("POST", "/jobs/1/remove").status == .seeOther)
    #expect(try lab.lab.uploads.all().isEmpty)
    await lab.lab.queue.close()
  }

  @Test func webAddressesAreDownloadedFirst() async throws {
    let lab = try await TestLab(program: "test \"$1\" = detect")
    let reply = try await lab.send(
      "/detect", files: [], fields: ["urls": "https://example.org/a.mp4\r\n\r\n http://b.example/ "])
    #expect(reply.header("Location") == "/jobs/2")
    let (fetch, detect) = (try await lab.lab.queue.job(1), try await lab.lab.queue.job(2))
    #expect(fetch.title == "Download 2 files" && detect.title == "Detect 2 files")
    let folder = try #require(detect.arguments.dropFirst().first)
    #expect(
      fetch.arguments == [
        "fetch", "https://example.org/a.mp4", "http://b.example/", "--out", folder, "--max-size",
        "2048",
      ])
    #expect(detect.after == [1] && detect.run == "detect-a")
    await lab.lab.queue.run()
    // Without the download there is nothing to score.
    #expect(try await lab.end(of: 2).state == .failed)
    #expect(
      lab.lab.queue.progress(of: 2).messages == ["Job 1, 'Download 2 files', did not end well."])
    await lab.lab.queue.close()
  }

  @Test func wrongAddressesAreRefusedAtOnce() async throws {
    let lab = try await TestLab()
    for (urls, fault) in [
      ("file:///etc/passwd", "is not a web address."), ("", "Choose a picture or a video"),
      (Array(repeating: "http://x/", count: 21).joined(separator: "\n"), "at most 20 addresses"),
    ] {
      let reply = try await lab.send("/detect", files: [], fields: ["urls": urls])
      #expect(reply.status == .unprocessableContent && reply.text.contains(fault), "\(urls)")
    }
    let wrong = try await lab.send(
      "/detect", files: [], fields: ["urls": "http://x/", "every": "0"])
    #expect(wrong.status == .unprocessableContent)
    #expect(await lab.lab.queue.all.isEmpty)
  }
}
