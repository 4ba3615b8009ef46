import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct GateTests {
  @Test func withoutASessionNothingIsShown() async throws {
    let lab = try await TestLab()
    for address in ["/", "/runs", "/jobs", "/files/Labs/x", "/data/x", "/none"] {
      let reply = try await lab.askAnyone("GET", address)
      #expect(reply.status == .unauthorized, "\(address)")
      #expect(!reply.text.contains(lab.folder.path))
    }
    #expect(try await lab.askAnyone("POST", "/jobs/1/stop").status == .unauthorized)
    #expect(try await lab.askAnyone("GET", "/style.css").status == .ok)
  }

  @Test func aTokenLetsOneBrowserIn() async throws {
    let lab = try await TestLab()
    let token = await lab.app.gate.sessions.newToken()
    #expect(try await lab.askAnyone("GET", "/?token=wrong").status == .unauthorized)
    let reply = try await lab.askAnyone("GET", "/?token=\(token)")
    #expect(reply.status == .ok)
    let cookie = try #require(reply.header("Set-Cookie"))
    #expect(cookie.contains("; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"))
    let key = String(cookie.prefix { $0 != ";" })
    #expect(try await lab.askAnyone("GET", "/", ["Cookie": "a=b; \(key)"]).status == .ok)
    #expect(try await lab.askAnyone("GET", "/?token=\(token)").status == .unauthorized)
    #expect(
      try await lab.askAnyone("GET", "/", ["Cookie": "\(key)x"]).status == .unauthorized)
  }

  @Test func sessionsSurviveARestart() async throws {
    let lab = try await TestLab()
    let path = "\(lab.folder.path)/sessions.json"
    let sessions = Sessions(at: path, password: nil)
    let key = try #require(try await sessions.key(forToken: await sessions.newToken()))
    #expect(await Sessions(at: path, password: nil).isKnown(key))
    let rights = try FileManager.default.attributesOfItem(atPath: Lab.folder(in: lab.workspace))
    #expect(rights[.posixPermissions] as? Int == 0o700)
    #expect(
      !String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).contains(key))
  }

  @Test func aPasswordLetsBrowsersAndScriptsIn() async throws {
    var settings = ServerSettings()
    settings.password = "correct horse"
    let lab = try await TestLab(settings: settings)
    let wrong = try await lab.askAnyone("POST", "/login", body: Data("password=x".utf8))
    #expect(wrong.status == .unauthorized)
    let right = try await lab.askAnyone("POST", "/login", body: Data("password=correct+horse".utf8))
    #expect(right.status == .ok && right.header("Set-Cookie") != nil)
    let bearer = ["Authorization": "Bearer correct horse"]
    #expect(try await lab.askAnyone("GET", "/runs", bearer).status == .ok)
  }

  @Test func anotherNameOrSiteIsRefused() async throws {
    let lab = try await TestLab()
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:9090", "localhost.evil.example:8080"] {
      #expect(try await lab.ask("GET", "/", ["Host": host]).status == .misdirectedRequest)
    }
    #expect(try await lab.ask("GET", "/", ["Host": "localhost:8080"]).status == .ok)
    for origin in [
      "http://evil.example", "null", "https://127.0.0.1:8080", "http://localhost:8080",
    ] {
      let reply = try await lab.ask("POST", "/jobs/1/stop", ["Origin": origin])
      #expect(reply.status == .forbidden, "\(origin)")
    }
    let cross = try await lab.ask("POST", "/jobs/1/stop", ["Sec-Fetch-Site": "cross-site"])
    #expect(cross.status == .forbidden)
    let own = try await lab.ask("POST", "/jobs/1/stop", ["Origin": "http://127.0.0.1:8080"])
    #expect(own.status == .notFound)
  }

  @Test func everyReplyForbidsForeignScripts() async throws {
    let lab = try await TestLab()
    for address in ["/", "/none", "/style.css", "/jobs"] {
      let reply = try await lab.ask("GET", address)
      let policy = try #require(reply.header("Content-Security-Policy"))
      #expect(policy.hasPrefix("default-src 'none'; script-src 'self';"))
      #expect(!policy.contains("unsafe"))
      #expect(reply.header("X-Content-Type-Options") == "nosniff")
    }
  }
}
