import Foundation
import Testing

@testable import Web

struct RequestHeadTests {
  private func head(_ lines: String...) throws -> RequestHead {
    try RequestHead(Array(lines.joined(separator: "\r\n").utf8))
  }

  @Test func aHeadIsRead() throws {
    let head = try head(
      "POST /a%20b?c HTTP/1.1", "Host: x:1", "content-LENGTH:  12 ", "X-A: 1", "x-a: 2")
    #expect(head.method == "POST" && head.target == "/a%20b?c")
    #expect(head["host"] == "x:1" && head["X-a"] == "1, 2" && head["none"] == nil)
    #expect(head.framing == .length(12) && head.isKept)
    let old = try self.head("GET / HTTP/1.0")
    #expect(!old.isKept && old.framing == .length(0))
    #expect(try !self.head("GET / HTTP/1.1", "Connection: Close").isKept)
    let chunked = try self.head("GET / HTTP/1.1", "Transfer-Encoding: chunked")
    #expect(chunked.framing == .chunked)
  }

  // What two readers could take for different requests (RFC 9112, section 11), and what is no request.
  @Test(arguments: [
    ["GET /"], ["GET / HTTP/2"], ["GET  / HTTP/1.1"], ["GET http://x/ HTTP/1.1"], [""],
    ["G(ET / HTTP/1.1"], ["GET / HTTP/1.1", "A : b"], ["GET / HTTP/1.1", " folded"],
    ["GET / HTTP/1.1", "no colon"], ["GET / HTTP/1.1", "Host: a", "Host: b"],
    ["GET / HTTP/1.1", "Content-Length: 1", "Content-Length: 1"],
    ["GET / HTTP/1.1", "Content-Length: +1"], ["GET / HTTP/1.1", "Content-Length: 1, 1"],
    ["GET / HTTP/1.1", "Content-Length: 99999999999999999999"],
    ["GET / HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked"],
    ["GET / HTTP/1.1", "Transfer-Encoding: gzip, chunked"], ["GET / HTTP/1.1", "A: b\nC: d"],
    ["GET / HTTP/1.1"] + Array(repeating: "A: b", count: 200),
  ])
  func aDoubtfulHeadIsRefused(lines: [String]) {
    #expect(throws: WebFault.self) {
      _ = try RequestHead(Array(lines.joined(separator: "\r\n").utf8))
    }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: WebFault.self) {
      _ = try RequestHead(Array("GET /".utf8) + [0xFF] + Array(" HTTP/1.1".utf8))
    }
  }
}
