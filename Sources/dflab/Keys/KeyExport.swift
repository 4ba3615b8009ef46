import ArgumentParser
import Credentials
import Engine
import Foundation
import Records

/// `dflab key export`.
struct KeyExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the certificates that Content Credentials are signed with.",
    discussion: """
      The chain in PEM, the signer's certificate first. Whoever adds its last certificate to the \
      trusted ones of another program sees this workspace's pictures and videos as signed by a \
      known signer. The private key is not part of it.

      EXAMPLES
        dflab key export > lab.pem
        dflab key export --out lab.pem
      """)

  @Option(help: "File to write instead of printing", completion: .file(extensions: ["pem"]))
  var out: String?

  @OptionGroup var listing: ListingOptions

  func run() throws {
    let signer = try CredentialsStore.signer(of: Workspace(named: listing.workspace))
    let (terminal, chain) = (Terminal(), try signer.chain)
    if let out { try WholeFile.write(Array(chain.utf8), to: out) }
    if listing.json {
      try terminal.print(json: KeySummary(signer, file: out))
    } else if let out {
      terminal.print("Wrote '\(out)'.")
    } else {
      terminal.print(chain.trimmingCharacters(in: .newlines))
    }
  }
}
