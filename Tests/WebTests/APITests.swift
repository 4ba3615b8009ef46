import Foundation
import Records
import TestSupport
import Testing

@testable import Web

struct APITests {
  private func object(_ reply: WebReply) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [String: Any])
  }

  @Test func theDescriptionNamesExactlyTheRoutes() async throws {
    let lab = try await TestLab()
    let paths = try #require(
      try object(await lab.ask("GET", "/api/openapi.json"))["paths"] as? [String: [String: Any]])
    let described = Set(
      paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
    let routes = lab.app.router.routes.filter { $0.pattern.hasPrefix("/api/") }
      .map { "\($0.method) \($0.pattern)" }
    #expect(described == Set(routes))
    let text = try await lab.ask("GET", "/api/openapi.json").text
    let names = RequestKind.all.map { "\"\($0.name)\"" }
    #expect(names.allSatisfy(text.contains))
  }

  @Test func aRequestIsQueuedAsJSON() async throws {
    let lab = try await TestLab()
    let order =
      #"{"request": "augment", "options": {"models": ["a", "b"], "count": 50, "audit": false}}"#
    let reply = try await lab.ask("POST", "/api/jobs", body: Data(order.utf8))
    #expect(reply.status == .accepted)
    #expect(
      try object(reply)["shown"] as? String
        == "dflab augment --models a b --count 50 --no-audit")
    let stopped = try await lab.ask("POST", "/api/jobs/1/stop")
    #expect(try object(stopped)["state"] as? String == "stopped")
    #expect(try await lab.ask("POST", "/api/jobs/1/resume").status == .accepted)
    for (body, status) in [
      ("", WebStatus.badRequest), ("[]", .badRequest),
      (#"{"request": "rm"}"#, .unprocessableContent),
      (#"{"request": "swap", "options": {"none": 1}}"#, .unprocessableContent),
      (#"{"request": "swap", "options": {"workspace": "/"}}"#, .unprocessableContent),
      (#"{"request": "augment", "options": {"count": null}}"#, .badRequest),
    ] {
      let reply = try await lab.ask("POST", "/api/jobs", body: Data(body.utf8))
      #expect(reply.status == status, "\(body)")
      #expect(try object(reply)["error"] is String)
    }
  }

  @Test func everyAddressAnswersInJSON() async throws {
    let lab = try await TestLab()
    for address in [
      "/api/status", "/api/runs", "/api/datasets", "/api/models", "/api/requests", "/api/jobs",
    ] {
      let reply = try await lab.ask("GET", address)
      #expect(reply.status == .ok && reply.header("Content-Type") == "application/json")
      _ = try JSONSerialization.jsonObject(with: Data(reply.text.utf8))
    }
    for address in ["/api/none", "/api/run?name=x", "/api/jobs/x", "/api/datasets/x"] {
      #expect(try await lab.ask("GET", address).status == .notFound, "\(address)")
    }
    #expect(try await lab.askAnyone("GET", "/api/status").status == .unauthorized)
    #expect(try await lab.ask("DELETE", "/api/jobs").header("Allow") == "GET, POST, HEAD")
  }
}
