import Testing

@testable import Web

@Suite struct SocketHandshakeTests {
  /// The example of RFC 6455, section 1.3.
  @Test func theKeyIsAnsweredAsInTheStandard() {
    #expect(
      SocketHandshake.accept(key: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
  }

  /// Python: hashlib.sha1(b"a" * count).hexdigest(), around the lengths at which a block is added.
  @Test(arguments: [
    (0, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
    (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
    (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
  ])
  func sumsAreThoseOfOthers(count: Int, sum: String) {
    let own = SocketHandshake.sha1([UInt8](repeating: 97, count: count))
    let digits = Array("0123456789abcdef")
    #expect(String(own.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }) == sum)
  }
}
