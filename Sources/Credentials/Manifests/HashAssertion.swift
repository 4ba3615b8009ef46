/// The assertion that binds a manifest to the bytes of its file.
struct HashAssertion {
  let label: String
  let encoded: [UInt8]

  /// The hash of a file but for its manifest store.
  ///
  /// Its size is always the same: `pad` fills what small numbers leave free.
  ///
  /// - Parameters:
  ///   - excluded: where the store is; nil for a sidecar.
  ///   - hash: the SHA-256 of everything else.
  static func data(excluding excluded: Range<Int>?, hash: [UInt8]) -> HashAssertion {
    func encoded(_ range: Range<Int>?, pad: Int) -> [UInt8] {
      let exclusion = range.map { range in
        CBOR.map([
          "start": .unsigned(UInt64(range.lowerBound)), "length": .unsigned(UInt64(range.count)),
        ])
      }
      return CBOR.map([
        "exclusions": exclusion.map { .array([$0]) },
        "name": .text("jumbf manifest"), "alg": .text("sha256"), "hash": .bytes(hash),
        "pad": .bytes([UInt8](repeating: 0, count: pad)),
      ]).encoded
    }
    let size = encoded(excluded.map { _ in 0x7FFF_FFFF..<0xFFFF_FFFF }, pad: 0).count
    let bytes = encoded(excluded, pad: size - encoded(excluded, pad: 0).count)
    precondition(bytes.count == size, "a hash assertion of \(bytes.count) bytes, not \(size)")
    return HashAssertion(label: "c2pa.hash.data", encoded: bytes)
  }

  /// The hash of an MP4 or MOV file but for the store in its box.
  ///
  /// The boxes `ftyp` and `uuid` must be named as exclusions; only their types and the store itself are
  /// left out, so that a change anywhere else is found, and one of a type is, too.
  static func boxes(hash: [UInt8]) -> HashAssertion {
    func part(_ offset: Int, _ length: Int) -> CBOR {
      .map(["offset": .unsigned(UInt64(offset)), "length": .unsigned(UInt64(length))])
    }
    let exclusions: [CBOR] = [
      .map([
        "xpath": .text("/uuid"),
        "data": .array([.map(["offset": .unsigned(8), "value": .bytes(BMFF.c2paType)])]),
        "subset": .array([part(4, 20), part(BMFF.storeOffset, 0)]),
      ]),
      .map(["xpath": .text("/ftyp"), "subset": .array([part(4, 4)])]),
      .map(["xpath": .text("/mfra")]),
    ]
    return HashAssertion(
      label: "c2pa.hash.bmff.v3",
      encoded: CBOR.map([
        "exclusions": .array(exclusions), "alg": .text("sha256"), "hash": .bytes(hash),
        "name": .text("jumbf manifest"),
      ]).encoded)
  }
}
