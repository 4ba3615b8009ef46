import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct FileRouteTests {
  @Test func noAddressLeadsOutOfTheWorkspace() async throws {
    let lab = try await TestLab()
    try Data("secret".utf8).write(to: URL(filePath: "\(lab.folder.path)/secret.txt"))
    for address in [
      "/files/../secret.txt", "/files/Labs/../secret.txt", "/files/Labs/%2e%2e/secret.txt",
      "/files/Labs/..%2fsecret.txt", "/files/Labs/..%2f..%2f..%2fetc/passwd", "/files//etc/passwd",
      "/files/%2fetc%2fpasswd", "/files/.dflab/key.pem", "/files/Labs/.hidden",
      "/files/Labs/%00", "/files/secret.txt", "/files/Labs", "/files", "/thumbnails/.dflab/key.pem",
      "/files/Labs/.%2e/secret.txt", "/files/Labs/\\..\\secret.txt",
    ] {
      let reply = try await lab.ask("GET", address)
      #expect([.badRequest, .notFound].contains(reply.status), "\(address): \(reply.status)")
      #expect(!reply.text.contains("secret\n") && !reply.text.contains("PRIVATE"))
    }
  }

  @Test func filesAreSentWholeAndInParts() async throws {
    let lab = try await TestLab()
    let folder = "\(lab.workspace.path)/Labs/a b"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("0123456789".utf8).write(to: URL(filePath: "\(folder)/x.mp4"))
    let whole = try await lab.ask("GET", "/files/Labs/a%20b/x.mp4")
    #expect(whole.status == .ok && whole.text == "0123456789")
    #expect(whole.header("Content-Type") == "video/mp4")
    #expect(whole.header("Content-Security-Policy")?.hasSuffix("sandbox allow-same-origin") == true)
    let part = try await lab.ask("GET", "/files/Labs/a%20b/x.mp4", ["Range": "bytes=2-4"])
    #expect(part.status == .partialContent && part.text == "234")
    #expect(part.header("Content-Range") == "bytes 2-4/10")
    let none = try await lab.ask("GET", "/files/Labs/a%20b/x.mp4", ["Range": "bytes=10-"])
    #expect(none.status == .rangeNotSatisfiable)
    let tag = try #require(whole.header("ETag"))
    let same = try await lab.ask("GET", "/files/Labs/a%20b/x.mp4", ["If-None-Match": tag])
    #expect(same.status == .notModified && same.text.isEmpty)
    #expect(try await lab.ask("GET", "/files/Labs/a%20b").status == .notFound)
    #expect(try await lab.ask("POST", "/files/Labs/a%20b/x.mp4").status == .methodNotAllowed)
  }

  @Test func pathsOfFormsStayInTheWorkspace() async throws {
    let workspace = try await TestLab().workspace
    for path in ["Datasets/a", "\(workspace.path)/Labs/x.mp4", "Datasets/../Labs/y"] {
      #expect(throws: Never.self) { _ = try workspace.path(ofForm: path) }
    }
    for path in [
      "/etc/passwd", "../x", "Datasets/../../x", ".dflab/key.pem", "Labs/.hidden/x", "",
      "\(workspace.path)-other/Labs/x", "http://127.0.0.1/x",
    ] {
      #expect(throws: WebFault.self) { _ = try workspace.path(ofForm: path) }
    }
  }
}
