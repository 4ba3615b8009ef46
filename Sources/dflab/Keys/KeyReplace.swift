import ArgumentParser
import Records

/// `dflab key replace`.
struct KeyReplace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Sign Content Credentials with an organization's own certificate.",
    discussion: """
      The chain starts with the signer's certificate, followed by those that issued it. It must be \
      valid, made for digital signatures, and have the extended key usage 'emailProtection' or \
      document signing, as C2PA requires. The key is copied to .dflab, readable by its owner alone.

      Ledgers go on being signed with the workspace's own key, so that old ones can still be \
      verified. What was signed before goes on being trusted in this workspace. Signatures of an \
      ECDSA key (P-256, P-384, P-521) differ each time, unlike those of an Ed25519 key: the same \
      seed then gives the same pictures in files that differ in their signatures.

      EXAMPLE
        dflab key replace --certificate chain.pem --key key.pem
      """)

  @Option(
    help: "Certificate chain in PEM format", completion: .file(extensions: ["pem", "crt"]))
  var certificate: String

  @Option(
    help: "Unencrypted private key in PEM format: Ed25519, P-256, P-384 or P-521",
    completion: .file(extensions: ["pem", "key"]))
  var key: String

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let signer = try CredentialsStore.replace(
      in: Workspace(named: listing.workspace), chain: certificate, key: key)
    let terminal = Terminal()
    let summary = KeySummary(signer, file: nil)
    guard !listing.json else { return try terminal.print(json: summary) }
    for line in summary.lines { terminal.print(line) }
  }
}
