import Foundation
import Media
import Testing

@testable import Credentials

@Suite struct SignerTests {
  @Test func theChainOfAKeyFollowsFromIt() throws {
    let (one, same, other) = (try Sample.signer(), try Sample.signer(), try Sample.signer(8))
    #expect(try one.chain == same.chain)
    #expect(try one.chain != other.chain)
    #expect(one.algorithm == "EdDSA")
    let (leaf, root) = (one.summaries[0], one.summaries[1])
    #expect(leaf.subject.hasPrefix("CN=Content Credentials,O=dflab workspace "))
    #expect(leaf.issuer == root.subject && root.issuer == root.subject)
    #expect(leaf.validFrom == "2025-01-01T00:00:00Z" && leaf.validTo == "2124-12-31T23:59:59Z")
  }

  @Test func signaturesAreThoseOfRFC8032() throws {
    // RFC 8032, section 7.1, test 2.
    let key = try #require(
      Ed25519Key(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")))
    #expect(
      Hexadecimal.digits(key.publicBytes)
        == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = try key.signature(of: [0x72])
    #expect(
      Hexadecimal.digits(signature)
        == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    #expect(Ed25519Key.isSignature(signature, of: [0x72], by: key.publicBytes))
    #expect(!Ed25519Key.isSignature(signature, of: [0x73], by: key.publicBytes))
  }

  @Test(arguments: [("es256", "ES256"), ("ed25519", "EdDSA")])
  func anOrganizationsOwnChainSigns(name: String, algorithm: String) throws {
    let signer = try CredentialsSigner(
      chain: Sample.text("\(name).pem"), key: Sample.text("\(name).key"))
    #expect(signer.algorithm == algorithm && signer.summaries.count == 2)
    let bytes = try SignedPicture.bytes(
      of: try Sample.picture(.png), Sample.statement(), signer: signer)
    var trusted = TrustedSigners()
    try trusted.add(pem: try Sample.text("root.pem"))
    #expect(Sample.report(bytes, trusted).verdict == .valid)
    #expect(Sample.report(bytes).algorithm == algorithm)
  }

  @Test(arguments: [
    ("expired.pem", "es256.key", "the certificate has expired"),
    (
      "server.pem", "es256.key",
      "the certificate's extended key usage lacks 'emailProtection' or document signing"
    ),
    (
      "unlinked.pem", "es256.key",
      "the certificate of 'CN=Signer es256,O=Example Organization' was not issued by the next one"
    ),
    (
      "root.pem", "es256.key", "it does not belong to the first certificate"
    ),
    ("es256.pem", "ed25519.key", "it does not belong to the first certificate"),
    (
      "es256.pem", "rsa.key",
      "it is not an unencrypted Ed25519, P-256, P-384 or P-521 private key in PEM format"
    ),
    ("es256.key", "es256.key", "it holds no certificate in PEM format"),
    ("es384.mp4", "es256.key", "it holds no certificate in PEM format"),
  ]) func whatCannotSignIsRefused(chain: String, key: String, reason: String) throws {
    let (chain, key) = (try Sample.text(chain), try Sample.text(key))
    let error = #expect(throws: CredentialsError.self) {
      try CredentialsSigner(chain: chain, key: key)
    }
    #expect(error?.reason == reason)
  }

  private func bytes(_ digits: String) -> [UInt8] {
    stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(digits.dropFirst(index).prefix(2), radix: 16)
    }
  }
}
