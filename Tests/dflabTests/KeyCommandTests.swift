import Credentials
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import dflab

@Suite struct KeyCommandTests {
  private let folder: TemporaryFolder
  private let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace.make(at: folder.path("lab")).workspace
  }

  private func run(_ words: [String]) throws {
    var command = try DFLab.parseAsRoot(words + ["--workspace", workspace.path])
    try command.run()
  }

  /// A marked picture of the workspace.
  private func picture(_ path: String) throws -> [UInt8] {
    let bytes = try gradientPictures(1, side: 16, seed: 1)[0].encoded(
      as: .png, mark: .synthetic(at: workspace.path))
    try Data(bytes).write(to: URL(filePath: path))
    return bytes
  }

  @Test func theCertificatesAreExported() throws {
    let path = folder.path("chain.pem")
    try run(["key", "export", "--out", path])
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.components(separatedBy: "-----BEGIN CERTIFICATE-----").count == 3)
    #expect(!text.contains("PRIVATE"))
    #expect(text == (try CredentialsStore.signer(of: workspace).chain))
    // Whoever trusts them knows the workspace.
    let other = try Workspace.make(at: folder.path("other")).workspace
    let marked = folder.path("marked.png")
    _ = try picture(marked)
    #expect(try other.check(file: marked).credentials?.verdict == .untrusted)
    try Data(text.utf8).write(to: URL(filePath: "\(other.path)/.dflab/trusted.pem"))
    #expect(try other.check(file: marked).credentials?.verdict == .valid)
  }

  @Test func theCertificatesAreReplaced() throws {
    let other = try Workspace.make(at: folder.path("other")).workspace
    let chain = folder.path("chain.pem")
    try Data(try CredentialsStore.signer(of: other).chain.utf8).write(to: URL(filePath: chain))
    try run(["key", "replace", "--certificate", chain, "--key", "\(other.path)/.dflab/key.pem"])
    #expect(
      try CredentialsStore.signer(of: workspace).chain == CredentialsStore.signer(of: other).chain)
    let error = #expect(throws: RecordsError.self) {
      try run(["key", "replace", "--certificate", folder.path("none"), "--key", chain])
    }
    #expect(
      error?.description == "Cannot read '\(folder.path("none"))': no such file."
        || error?.description.contains("no such file") == true)
  }

  @Test func verifyTellsWhatCredentialsSay() throws {
    let marked = folder.path("marked.png")
    var bytes = try picture(marked)
    let name = try CredentialsStore.signer(of: workspace).summaries[0].subject
    let issuer = try CredentialsStore.signer(of: workspace).summaries[0].issuer
    func lines() throws -> [String] {
      let verification = try Verification(of: marked, workspace: workspace.path)
      guard case .file(let check) = verification else { return [] }
      return Verify.lines(check)
    }
    #expect(
      try lines() == [
        "unknown   '\(Workspace.absolute(marked))' is in no ledger of this workspace",
        "valid     The file is unchanged since a signer signed it whom this workspace trusts.",
        "signer    \(name); 2025-01-01 to 2124-12-31; EdDSA",
        "issuer    \(issuer); not included",
        "program   \(Program.name)",
        "action    c2pa.created, trainedAlgorithmicMedia",
        "training  cawg.ai_training: allowed, cawg.data_mining: allowed, cawg.ai_inference: allowed, "
          + "cawg.ai_generative_training: notAllowed",
      ])
    #expect(Verify.code(of: try Verification(of: marked, workspace: workspace.path)) == 3)
    bytes[bytes.count - 20] ^= 1
    try Data(bytes).write(to: URL(filePath: marked))
    #expect(
      try lines().dropFirst().prefix(2) == [
        "tampered  The file or its credentials were changed after signing.",
        "The file was changed after signing: its hash differs.",
      ])
    #expect(Verify.code(of: try Verification(of: marked, workspace: workspace.path)) == 5)
  }
}
