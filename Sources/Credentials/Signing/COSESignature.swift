/// A COSE_Sign1 (RFC 9052) with its certificate chain, whose payload is the claim.
struct COSESignature {
  let algorithm: COSEAlgorithm
  /// The certificates in DER, the signer's first.
  let chain: [[UInt8]]
  let signature: [UInt8]
  /// Whether it bears a time stamp.
  let isTimeStamped: Bool
  private let protected: [UInt8]

  /// The most certificates of a chain.
  static let longestChain = 16

  /// Reads a signature box's CBOR.
  init(_ bytes: ArraySlice<UInt8>) throws(CredentialsFault) {
    var value = try CBORReader.value(of: bytes)
    if case .tagged(18, let inner) = value { value = inner }
    guard let parts = value.array, parts.count == 4, let protected = parts[0].bytes,
      case .map = parts[1], let signature = parts[3].bytes
    else { throw .signature("it is not a COSE_Sign1") }
    guard parts[2] == .null else { throw .signature("its payload is not the claim") }
    let head = try CBORReader.value(of: protected[...])
    guard let number = head[.unsigned(1)]?.integer, let algorithm = COSEAlgorithm(rawValue: number)
    else { throw .signature("its algorithm is unknown") }
    let key = CBOR.unsigned(33)
    let chain = head[key] ?? head["x5chain"] ?? parts[1][key] ?? parts[1]["x5chain"]
    let certificates = chain?.array?.map(\.bytes) ?? [chain?.bytes]
    guard certificates.count <= COSESignature.longestChain, !certificates.isEmpty else {
      throw .signature("its chain has \(certificates.count) certificates")
    }
    self.chain = certificates.compactMap(\.self)
    guard self.chain.count == certificates.count else {
      throw .signature("its certificates are missing")
    }
    (self.algorithm, self.signature, self.protected) = (algorithm, signature, protected)
    // Padding is not signed: foreign bytes there would not be noticed.
    for pad in ["pad", "pad2"].compactMap({ parts[1][$0] }) {
      guard let bytes = pad.bytes, bytes.allSatisfy({ $0 == 0 }) else {
        throw .signature("its padding was changed")
      }
    }
    isTimeStamped = parts[1]["sigTst"] != nil || parts[1]["sigTst2"] != nil
  }

  /// The bytes that are signed, with the claim.
  func signedBytes(of claim: ArraySlice<UInt8>) -> [UInt8] {
    COSESignature.signedBytes(protected, claim)
  }

  /// A signature box's CBOR for a claim.
  ///
  /// - Parameter protected: the bytes of `protected`.
  static func encoded(
    _ signer: CredentialsSigner, protected: [UInt8], claim: [UInt8], isDraft: Bool
  ) throws -> [UInt8] {
    let signature =
      isDraft
      ? [UInt8](repeating: 0, count: signer.key.signatureSize)
      : try signer.key.signature(of: signedBytes(protected, claim[...]))
    let parts: [CBOR] = [.bytes(protected), .map([]), .null, .bytes(signature)]
    return CBOR.tagged(18, .array(parts)).encoded
  }

  /// The protected head of a signer's signatures: the algorithm and the certificates.
  static func protected(_ algorithm: COSEAlgorithm, _ chain: [[UInt8]]) -> [UInt8] {
    let certificates =
      chain.count == 1 ? CBOR.bytes(chain[0]) : .array(chain.map { .bytes($0) })
    return CBOR.map([
      .init(key: .unsigned(1), value: .negative(UInt64(-1 - algorithm.rawValue))),
      .init(key: .unsigned(33), value: certificates),
    ]).encoded
  }

  private static func signedBytes(_ protected: [UInt8], _ claim: ArraySlice<UInt8>) -> [UInt8] {
    CBOR.array([.text("Signature1"), .bytes(protected), .bytes([]), .bytes(Array(claim))]).encoded
  }
}
