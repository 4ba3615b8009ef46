import Foundation

/// What binds a manifest to the bytes of its file.
enum HashBinding {
  case data(CBOR)
  case boxes(CBOR, hashesOffsets: Bool)
  case unsupported(String)

  /// The binding of a manifest.
  init(of manifest: ManifestStore.Manifest) throws(CredentialsFault) {
    let bindings = manifest.assertions.filter { $0.label.hasPrefix("c2pa.hash.") }
    guard let box = bindings.first else { throw .claim("nothing binds it to the file") }
    guard bindings.count == 1 else { throw .claim("more than one assertion binds it to the file") }
    guard let bytes = box.payload("cbor") else { throw .claim("its hash is missing") }
    let value = try CBORReader.value(of: bytes)
    switch box.label {
    case "c2pa.hash.data": self = .data(value)
    case "c2pa.hash.bmff": self = .boxes(value, hashesOffsets: false)
    case "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3": self = .boxes(value, hashesOffsets: true)
    default: self = .unsupported(box.label)
    }
  }

  /// What a check found; sentences.
  struct Outcome {
    var fault: String?
    var remarks: [String] = []
  }

  /// Whether the file is the one that was signed.
  ///
  /// - Parameter isUpdated: whether manifests were added since, so that the store has grown.
  func check(
    _ found: FoundStore, in file: Data, isUpdated: Bool = false
  ) throws(CredentialsFault) -> Outcome {
    let pieces: [Piece]
    let value: CBOR
    var outcome = Outcome()
    switch self {
    case .unsupported(let label): throw .claim("hashes of kind '\(label.shown)' cannot be checked")
    case .data(let assertion):
      value = assertion
      var excluded = try HashBinding.exclusions(of: assertion)
      if isUpdated, let store = found.range,
        let old = excluded.first(where: { $0.lowerBound == store.lowerBound })
      {
        let growth = store.count - old.count
        excluded = excluded.map { range in
          range == old
            ? store
            : range.lowerBound > old.lowerBound && range.lowerBound + growth >= 0
              ? range.lowerBound + growth..<range.upperBound + growth : range
        }
      }
      guard excluded.allSatisfy({ $0.upperBound <= file.count }) else {
        return Outcome(fault: "The file is shorter than when it was signed.")
      }
      // What is left out must be the store and nothing else: foreign bytes there would not be noticed.
      if let store = found.range {
        guard excluded.contains(where: { HashBinding.isStore($0, store) }) else {
          return Outcome(fault: "What its hash leaves out is not the manifest store.")
        }
        if excluded.count > 1 {
          outcome.remarks.append("Parts of the file are not covered by the signature.")
        }
      } else if excluded.contains(where: { !$0.isEmpty }) {
        return Outcome(fault: "What its hash leaves out is not the manifest store.")
      }
      guard HashBinding.isZero(assertion["pad"]), HashBinding.isZero(assertion["pad2"]) else {
        return Outcome(fault: "Its padding was changed.")
      }
      pieces = HashBinding.rest(of: file.count, without: excluded).map { .bytes($0) }
    case .boxes(let assertion, let hashesOffsets):
      value = assertion
      guard assertion["merkle"] == nil else { throw .claim("hashes in parts cannot be checked") }
      pieces = try BoxExclusions(of: assertion).pieces(of: file, hashesOffsets: hashesOffsets)
    }
    guard let algorithm = HashAlgorithm(rawValue: value["alg"]?.text ?? "sha256") else {
      throw .claim("its hash algorithm is unknown")
    }
    var hash = HashAlgorithm.Running(algorithm)
    for piece in pieces {
      switch piece {
      case .bytes(let range): hash.update(file[range])
      case .offset(let offset): hash.update(BigEndian.bytes(UInt64(offset)))
      }
    }
    if value["hash"]?.bytes != hash.bytes {
      outcome.fault = "The file was changed after signing: its hash differs."
    }
    return outcome
  }

  /// What is hashed.
  enum Piece: Equatable {
    case bytes(Range<Int>)
    /// The place of a box, as eight bytes.
    case offset(Int)
  }

  /// Whether a range that is left out is the store, with a byte that fills up a RIFF chunk.
  private static func isStore(_ range: Range<Int>, _ store: Range<Int>) -> Bool {
    range.lowerBound == store.lowerBound
      && (store.upperBound...store.upperBound + store.count % 2).contains(range.upperBound)
  }

  private static func isZero(_ pad: CBOR?) -> Bool {
    pad?.bytes.map { $0.allSatisfy { $0 == 0 } } ?? (pad == nil)
  }

  /// The most ranges that a hash leaves out.
  private static let mostRanges = 10_000

  private static func exclusions(of value: CBOR) throws(CredentialsFault) -> [Range<Int>] {
    let values = value["exclusions"]?.array ?? []
    guard values.count <= mostRanges else { throw .claim("its hash leaves out too much") }
    var ranges: [Range<Int>] = []
    for value in values {
      guard let start = value["start"]?.number, let length = value["length"]?.number,
        case (let end, false) = start.addingReportingOverflow(length)
      else { throw .claim("what its hash leaves out cannot be read") }
      ranges.append(start..<end)
    }
    return ranges
  }

  /// The ranges of a file but for some, in order.
  static func rest(of size: Int, without excluded: [Range<Int>]) -> [Range<Int>] {
    var rest: [Range<Int>] = []
    var position = 0
    for range in excluded.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > position { rest.append(position..<range.lowerBound) }
      position = max(position, range.upperBound)
    }
    if position < size { rest.append(position..<size) }
    return rest
  }
}
