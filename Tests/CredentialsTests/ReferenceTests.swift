import Foundation
import Testing

@testable import Credentials

/// Files that the reference implementation signed (`Reference/make.py`).
@Suite struct ReferenceTests {
  @Test(arguments: [
    ("es256.jpg", "ES256"), ("es512.jpg", "ES512"), ("ed25519.png", "EdDSA"),
    ("ps256.webp", "PS256"),
    ("es384.mp4", "ES384"),
  ]) func filesOfOthersAreRead(name: String, algorithm: String) throws {
    let file = try Sample.reference(name)
    let report = CredentialsReport(of: file, trusting: TrustedSigners())
    #expect(report.verdict == .untrusted && report.faults.isEmpty && report.remarks.isEmpty)
    #expect(report.algorithm == algorithm && report.title == name)
    #expect(report.generator == "reference 1.0")
    let signer = String(name.prefix { $0 != "." })
    #expect(
      report.chain.map(\.subject) == [
        "CN=Signer \(signer),O=Example Organization", "CN=Example Issuer,O=Example Organization",
      ])
    #expect(report.chain.last?.issuer == "CN=Example Root,O=Example Organization")
    #expect(report.chain[0].validFrom == "2025-01-01T00:00:00Z")
    var trusted = TrustedSigners()
    try trusted.add(pem: try Sample.text("root.pem"))
    #expect(CredentialsReport(of: file, trusting: trusted).verdict == .valid)
  }

  @Test func actionsAndIngredientsAreTold() throws {
    let report = CredentialsReport(
      of: try Sample.reference("es512.jpg"), trusting: TrustedSigners())
    #expect(report.actions.map(\.action).first == "c2pa.opened")
    #expect(report.ingredients.map(\.title) == ["parent.jpg"])
    #expect(report.ingredients[0].relationship == "parentOf")
    let parent = CredentialsReport(
      of: try Sample.reference("es256.jpg"), trusting: TrustedSigners())
    #expect(report.ingredients[0].manifest == parent.manifest)
    #expect(
      parent.actions == [
        .init(
          action: "c2pa.created",
          sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
          program: nil)
      ])
  }

  @Test func anUpdateIsBoundByWhatItUpdates() throws {
    var file = try Sample.reference("update.jpg")
    let report = CredentialsReport(of: file, trusting: TrustedSigners())
    #expect(report.verdict == .untrusted && report.faults.isEmpty, "\(report)")
    #expect(report.ingredients.count == 1)
    file[file.count - 20] ^= 1
    let changed = CredentialsReport(of: file, trusting: TrustedSigners())
    #expect(changed.verdict == .tampered)
    #expect(changed.faults == ["The file was changed after signing: its hash differs."])
  }

  /// Every 7th byte, so that any kind of byte is hit: whatever the signer covered is found to be changed.
  @Test(arguments: ["es256.jpg", "ed25519.png", "ps256.webp", "es384.mp4"])
  func changedPixelsAreFound(name: String) throws {
    var file = try Sample.reference(name)
    for index in stride(from: file.count - 300, to: file.count, by: 7) {
      file[index] ^= 0x10
      let report = CredentialsReport(of: file, trusting: TrustedSigners())
      #expect([.tampered, .unreadable, .absent].contains(report.verdict), "\(name) \(index)")
      file[index] ^= 0x10
    }
  }
}
