import Foundation
import Media
import Records
import TestSupport
import Testing

@testable import Web

struct PageTests {
  @Test func everyPageOfAnEmptyWorkspaceIsShown() async throws {
    let lab = try await TestLab()
    for address in [
      "/", "/detect", "/verify", "/data", "/runs", "/jobs", "/runs?q=%25_%5C&page=99",
    ] {
      let reply = try await lab.ask("GET", address)
      #expect(reply.status == .ok, "\(address)")
      #expect(reply.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
      #expect(reply.text.components(separatedBy: "<h1>").count == 2)
      // Without inline scripts and styles, which the policy forbids.
      #expect(reply.text.firstMatch(of: /<script(?! src=)|<style|\sstyle=|\son[a-z]+=/) == nil)
    }
    #expect(try await lab.ask("GET", "/none").status == .notFound)
    #expect(try await lab.ask("GET", "/runs/none").status == .notFound)
    #expect(try await lab.ask("GET", "/data/none").status == .notFound)
    #expect(try await lab.ask("GET", "/jobs/1").status == .notFound)
    let reply = try await lab.ask("PUT", "/runs")
    #expect(reply.status == .methodNotAllowed && reply.header("Allow") == "GET, HEAD")
  }

  @Test func aFileIsVerifiedAndNotKept() async throws {
    let lab = try await TestLab()
    let reply = try await lab.send("/verify", files: [("<b>.png", Data("x".utf8))])
    #expect(reply.status == .ok)
    #expect(reply.text.contains("<span class=\"state unknown\">unknown</span>"))
    #expect(!reply.text.contains("<b>"))
    let left = try FileManager.default.subpathsOfDirectory(
      atPath: "\(Lab.folder(in: lab.workspace))/uploads")
    #expect(left.isEmpty)
    #expect(try await lab.send("/verify", files: []).status == .unprocessableContent)
  }

  @Test func contentCredentialsAreShown() async throws {
    let lab = try await TestLab()
    let mark = try Mark.synthetic(at: lab.workspace.path)
    var bytes = try gradientPictures(1, side: 16, seed: 1)[0].encoded(as: .png, mark: mark)
    let reply = try await lab.send("/verify", files: [("a.png", Data(bytes))])
    #expect(reply.text.contains("Content Credentials: <span class=\"state valid\">valid</span>"))
    #expect(reply.text.contains("<dd>c2pa.created, trainedAlgorithmicMedia</dd>"))
    #expect(reply.text.contains("<dt>signer</dt><dd>CN=Content Credentials,O=dflab workspace "))
    bytes[bytes.count - 20] ^= 1
    let changed = try await lab.send("/verify", files: [("a.png", Data(bytes))])
    #expect(changed.text.contains("<span class=\"state tampered\">tampered</span>"))
    #expect(changed.text.contains("The file was changed after signing: its hash differs."))
  }

  @Test func filesToDetectBecomeAJob() async throws {
    let lab = try await TestLab()
    let reply = try await lab.send(
      "/detect", files: [("clip 1.mp4", Data("a".utf8)), ("clip 1.mp4", Data("b".utf8))],
      fields: ["all-faces": "true", "max-frames": "8"])
    #expect(reply.status == .seeOther && reply.header("Location") == "/jobs/1")
    let job = try await lab.lab.queue.job(1)
    #expect(job.title == "Detect 2 files" && job.run == "detect-clip-1")
    let files = job.arguments.dropFirst().prefix(2)
    #expect(files.map { ($0 as NSString).lastPathComponent } == ["clip-1.mp4", "clip-1-2.mp4"])
    #expect(try files.map { try String(contentsOfFile: $0, encoding: .utf8) } == ["a", "b"])
    #expect(
      Array(job.arguments.dropFirst(3)) == [
        "--name", "detect-clip-1", "--max-frames", "8", "--all-faces",
      ])
    let broken = try await lab.send(
      "/detect", files: [("a.png", Data())], fields: ["max-frames": "x"])
    #expect(broken.status == .unprocessableContent)
    #expect(broken.text.contains("--max-frames must be an integer, not &#39;x&#39;."))
  }

  @Test func anUploadIsBounded() async throws {
    var settings = ServerSettings()
    settings.maxUpload = 1000
    let lab = try await TestLab(settings: settings)
    let reply = try await lab.send("/detect", files: [("a.png", Data(count: 1001))])
    #expect(reply.status == .payloadTooLarge)
    let uploads = "\(Lab.folder(in: lab.workspace))/uploads"
    #expect((try? FileManager.default.contentsOfDirectory(atPath: uploads))?.isEmpty != false)
  }
}
