import Testing

@testable import Web

struct ByteRangeTests {
  // The examples of RFC 9110, section 14.1.2, and what is not satisfiable.
  @Test(arguments: [
    ("bytes=0-499", ByteRange.part(0..<500)), ("bytes=500-999", .part(500..<1000)),
    ("bytes=-500", .part(9500..<10_000)), ("bytes=9500-", .part(9500..<10_000)),
    ("bytes=0-0", .part(0..<1)), ("bytes=9999-20000", .part(9999..<10_000)),
    ("bytes=-20000", .part(0..<10_000)), ("bytes=10000-", .unsatisfiable),
    ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=0-1,3-4", .whole),
    ("bytes=a-b", .whole), ("bytes=-", .whole), ("lines=1-2", .whole),
    ("bytes=99999999999999999999-", .whole),
  ])
  func aRangeIsRead(header: String, range: ByteRange) {
    #expect(ByteRange(header, of: 10_000) == range)
  }

  @Test func withoutAHeaderItIsTheWholeFile() {
    #expect(ByteRange(nil, of: 10) == .whole)
    #expect(ByteRange("bytes=0-", of: 0) == .unsatisfiable)
  }
}
