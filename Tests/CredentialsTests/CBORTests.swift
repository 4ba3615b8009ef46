import Foundation
import Testing

@testable import Credentials

@Suite struct CBORTests {
  // RFC 8949, appendix A.
  @Test(arguments: [
    (CBOR.unsigned(0), "00"), (.unsigned(23), "17"), (.unsigned(24), "1818"),
    (.unsigned(1000), "1903e8"), (.unsigned(1_000_000), "1a000f4240"),
    (.unsigned(1_000_000_000_000), "1b000000e8d4a51000"), (.negative(0), "20"),
    (.negative(999), "3903e7"), (.bytes([1, 2, 3, 4]), "4401020304"), (.text("IETF"), "6449455446"),
    (.text("ü"), "62c3bc"), (.array([.unsigned(1), .array([.unsigned(2)])]), "82018102"),
    (.map(["a": .unsigned(1), "b": .array([.unsigned(2), .unsigned(3)])]), "a26161016162820203"),
    (.tagged(1, .unsigned(1_363_896_240)), "c11a514b67b0"), (.bool(true), "f5"), (.null, "f6"),
    (.double(1.1), "fb3ff199999999999a"),
  ]) func valuesAreWrittenAsTheStandardSays(value: CBOR, digits: String) throws {
    #expect(Hexadecimal.digits(value.encoded) == digits)
    #expect(try CBORReader.value(of: value.encoded[...]) == value)
  }

  @Test func keysAreSortedByTheirBytes() {
    let map: CBOR = .map(["b": .null, "aa": .null, "a": .null])
    #expect(Hexadecimal.digits(map.encoded) == "a36161f66162f6626161f6")
  }

  // RFC 8949, appendix A: indefinite lengths, half precision.
  @Test func whatOthersWriteIsRead() throws {
    #expect(
      try CBORReader.value(of: [0x9F, 1, 0x82, 2, 3, 0xFF])
        == .array([
          .unsigned(1), .array([.unsigned(2), .unsigned(3)]),
        ]))
    #expect(try CBORReader.value(of: [0x5F, 0x42, 1, 2, 0x41, 3, 0xFF]) == .bytes([1, 2, 3]))
    #expect(try CBORReader.value(of: [0xF9, 0x3E, 0]) == .double(1.5))
    #expect(try CBORReader.value(of: [0xBF, 0x61, 0x61, 1, 0xFF]) == .map(["a": .unsigned(1)]))
  }

  @Test(
    arguments: [
      ([0x18], "it is cut short"), ([0x62, 0x61], "it is cut short"),
      ([0x82, 1], "it is cut short"),
      ([0x9B, 255, 255, 255, 255, 255, 255, 255, 255], "it is cut short"),
      ([0x5B, 255, 255, 255, 255, 255, 255, 255, 255], "it is cut short"),
      ([1, 1], "bytes follow the value"), ([0x1C], "a bad head"), ([0x1F], "a bad head"),
      ([0x61, 0xFF], "a text is not UTF-8"), ([0xA2, 1, 1, 1, 2], "a key occurs twice"),
      ([UInt8](repeating: 0x81, count: 100), "it is nested too deeply"),
      ([0x5F, 1, 0xFF], "a bad string"), ([0xFF], "a bad head"), ([], "it is cut short"),
    ] as [([UInt8], String)]) func whatIsDamagedIsRefused(bytes: [UInt8], reason: String)
  {
    #expect(throws: CredentialsFault.cbor(reason)) { try CBORReader.value(of: bytes[...]) }
  }

  @Test func manyItemsAreRefused() {
    let bytes = [0x9A, 0, 2, 0, 0] + [UInt8](repeating: 0, count: 131_072)
    #expect(throws: CredentialsFault.cbor("it has too many items")) {
      try CBORReader.value(of: bytes[...])
    }
  }
}
