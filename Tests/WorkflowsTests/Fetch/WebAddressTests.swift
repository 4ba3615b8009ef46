import Testing

@testable import Workflows

struct WebAddressTests {
  @Test(arguments: [
    ("https://example.org", "https://example.org/", 443, "example-org"),
    (" HTTP://Example.org:8080/a/b%20c.MP4?x=1#t ", "http://example.org:8080/a/b%20c.MP4?x=1", 8080, "b-c.mp4"),
    ("http://b\u{fc}cher.example/\u{e4} b.png", "http://xn--bcher-kva.example/%C3%A4%20b.png", 80, "\u{e4}-b.png"),
    ("http://[::1]:80/x/", "http://[::1]:80/x/", 80, "x"),
    ("https://example.org/../../etc/passwd", "https://example.org/../../etc/passwd", 443, "passwd"),
    ("https://example.org/..%2F..%2Fx", "https://example.org/..%2F..%2Fx", 443, "x"),
  ])
  func addressesAreNormalized(text: String, normal: String, port: Int, file: String) throws {
    let address = try WebAddress(text)
    #expect(address.description == normal && address.port == port)
    #expect(address.fileName == file)
  }

  @Test(arguments: [
    "", "clip.mp4", "/etc/passwd", "file:///etc/passwd", "ftp://example.org/x", "gopher://x/", "//x/y",
    "http:/x", "http://", "http://user@example.org/", "http://user:secret@example.org/",
    "http://a@127.0.0.1:80@evil/", "http://a\\@b/", "http://example.org:0/", "http://example.org:99999/",
    "http://exa mple.org/", "http://[fe80::1%25eth0]/", "http://[zz]/", "http://a_\u{7f}/", "-o x",
    "http://" + String(repeating: "a", count: 300) + "/", "http://x/" + String(repeating: "a", count: 2000),
    "javascript:alert(1)", "data:text/html,x",
  ])
  func otherTextIsRefused(text: String) {
    #expect(throws: FetchError.badAddress(String(text.trimmingCharacters(in: .whitespaces).prefix(100)))) {
      _ = try WebAddress(text)
    }
  }

  @Test func redirectionsAreRelativeToTheAddress() throws {
    let address = try WebAddress("https://example.org/a/b?c")
    #expect(try address.redirected(to: "../d").description == "https://example.org/d")
    #expect(try address.redirected(to: "//other.example/x").description == "https://other.example/x")
    #expect(try address.redirected(to: "http://127.0.0.1/").host == "127.0.0.1")
    for target in ["file:///etc/passwd", "ftp://x/", "http://u:p@x/", "data:,x"] {
      #expect(throws: FetchError.self) { _ = try address.redirected(to: target) }
    }
  }

  // Other notations of 127.0.0.1, which the system reads.
  @Test(arguments: ["127.0.0.1", "2130706433", "127.1", "0x7f.1", "localhost", "[::1]", "0177.0.0.1"])
  func thisMachineIsRefused(host: String) throws {
    let address = try WebAddress("http://\(host)/clip.mp4")
    #expect(throws: FetchError.localAddress("http://\(host)/clip.mp4")) {
      _ = try address.resolved(allowsLocal: false)
    }
    #expect(try address.resolved(allowsLocal: true).first?.isPublic == false)
  }

  @Test func anUnknownHostIsNamed() throws {
    #expect(throws: FetchError.unknownHost("nothing.invalid")) {
      _ = try WebAddress("http://nothing.invalid/").resolved(allowsLocal: true)
    }
    #expect(
      FetchError.localAddress("http://localhost/").description
        == "'http://localhost/' leads to this machine or its local network. Use --allow-local-urls to permit that."
    )
  }
}

struct AnswerHeadTests {
  @Test func headersAreRead() throws {
    let head = try #require(
      AnswerHead(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 302 Found\r\nLocation: /x y\r\ncontent-LENGTH: 12\r\n"
          + "Content-Type: Text/HTML; charset=utf-8\r\nbroken\r\n\r\n"))
    #expect(head.status == 302 && head.location == "/x y" && head.length == 12)
    #expect(head.type == "text/html" && head.isPage)
    let plain = try #require(AnswerHead("HTTP/1.0 200 OK\r\nLocation: /x\r\n\r\n"))
    #expect(plain.location == nil && plain.length == nil && !plain.isPage)
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nContent-Le", "x y\r\n\r\n"])
  func whatIsIncompleteIsNotRead(text: String) {
    #expect(AnswerHead(text) == nil)
  }
}
