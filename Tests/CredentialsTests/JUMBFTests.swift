import Testing

@testable import Credentials

@Suite struct JUMBFTests {
  @Test func aBoxSurvivesARoundTrip() throws {
    let inner = JUMBFBox.encoded(cbor: [0xF6], label: "an assertion")
    let bytes = JUMBFBox.encoded("c2as", label: "c2pa.assertions", inner)
    let box = try JUMBFReader.box(of: bytes[...])
    #expect(box.label == "c2pa.assertions" && box.type == JUMBFBox.type("c2as"))
    #expect(Array(box.body) == Array(bytes[8...]))
    #expect(box.box(labeled: "an assertion")?.payload("cbor").map(Array.init) == [0xF6])
    // ISO 19566-5: size, type, size and type of the description, type, toggles, label.
    #expect(
      Array(inner[0..<16]) == [
        0, 0, 0, 55, 0x6A, 0x75, 0x6D, 0x62, 0, 0, 0, 38, 0x6A, 0x75, 0x6D, 0x64,
      ])
  }

  @Test(
    arguments: [
      ([0, 0, 0], "a box is cut short"),
      (JUMBFBox.box("free", [1]), "the store is not a JUMBF box"),
      (JUMBFBox.box("jumb", []), "a box is cut short"),
      (JUMBFBox.box("jumb", JUMBFBox.box("cbor", [])), "a box has no description"),
      (JUMBFBox.box("jumb", JUMBFBox.box("jumd", [1])), "a description is cut short"),
      (
        [0, 0, 0, 99] + JUMBFBox.encoded("c2pa", label: "x", [])[4...],
        "a box is larger than what holds it"
      ),
      (JUMBFBox.encoded("c2pa", label: "x", []) + [0], "bytes follow the store"),
      (
        JUMBFBox.box("jumb", JUMBFBox.box("jumd", JUMBFBox.type("c2pa") + [0, 0])),
        "a box has no label"
      ),
      (
        JUMBFBox.box("jumb", JUMBFBox.box("jumd", JUMBFBox.type("c2pa") + [3, 65])),
        "a label cannot be read"
      ),
      (
        JUMBFBox.box("jumb", JUMBFBox.box("jumd", JUMBFBox.type("c2pa") + [3, 65, 0, 1])),
        "bytes follow a label"
      ),
    ] as [([UInt8], String)]) func whatIsDamagedIsRefused(bytes: [UInt8], reason: String)
  {
    #expect(throws: CredentialsFault.jumbf(reason)) { try JUMBFReader.box(of: bytes[...]) }
  }

  @Test func deepNestsAndManyBoxesAreRefused() {
    let deep = (0..<40).reduce([UInt8]()) { inner, _ in
      JUMBFBox.encoded("c2pa", label: "x", inner)
    }
    #expect(throws: CredentialsFault.jumbf("boxes are nested too deeply")) {
      try JUMBFReader.box(of: deep[...])
    }
    let many = JUMBFBox.encoded(
      "c2pa", label: "x",
      [[UInt8]](repeating: JUMBFBox.box("free", []), count: 30_000).flatMap(\.self))
    #expect(throws: CredentialsFault.jumbf("there are too many boxes")) {
      try JUMBFReader.box(of: many[...])
    }
  }
}
