public import Credentials
import Foundation
import Synchronization

/// The certificates of a workspace, in `.dflab`.
///
/// Without files of its own, they follow from the workspace's key. `credentials.pem` and
/// `credentials-key.pem` hold an organization's, `trusted.pem` those of signers whom the workspace trusts,
/// and those that it had before.
public enum CredentialsStore {
  private static let signers = Mutex<[String: CredentialsSigner]>([:])

  /// How many signers are remembered.
  private static let most = 64
  /// The largest file of certificates or keys, in bytes.
  private static let largest = 1 << 20

  /// The signer of a workspace, whose key is created if there is none.
  ///
  /// - Parameter workspace: nil outside of any; so is one that cannot be written.
  public static func signer(of workspace: Workspace?) throws -> CredentialsSigner {
    guard let workspace else {
      return try remembered("") { try CredentialsSigner.withoutWorkspace() }
    }
    if let own = try organization(of: workspace) { return own }
    let key: LabKey
    do {
      key = try LabKey(of: workspace)
    } catch RecordsError.unwritable {
      return try signer(of: nil)
    }
    return try remembered(key.identity) { try CredentialsSigner(own: key.key) }
  }

  /// Whom a workspace trusts: itself, and the owners of `trusted.pem`.
  ///
  /// - Parameter workspace: nil outside of any; then nobody is trusted.
  public static func trusted(by workspace: Workspace?) throws -> TrustedSigners {
    var signers = TrustedSigners()
    guard let workspace else { return signers }
    if let identity = try LabKey.identity(of: workspace), let bytes = Data(base64Encoded: identity)
    {
      signers.add(publicKey: bytes)
    }
    for path in [chainPath(in: workspace), trustedPath(in: workspace)] {
      guard let text = try text(of: path) else { continue }
      do {
        try signers.add(pem: text)
      } catch {
        throw RecordsError.brokenCertificates(path: path, reason: error.reason)
      }
    }
    return signers
  }

  /// Replaces the certificates of a workspace by those of an organization.
  ///
  /// Ledgers go on being signed with the workspace's own key, and what was signed before goes on being
  /// trusted here.
  ///
  /// - Parameters:
  ///   - chain: the file of the signer's certificate and those that issued it, in PEM.
  ///   - key: the file of its private key, in PEM.
  public static func replace(
    in workspace: Workspace, chain: String, key: String
  ) throws -> CredentialsSigner {
    let texts = try [chain, key].map { path in
      guard let text = try text(of: path) else {
        throw RecordsError.unreadable(path: path, reason: "no such file")
      }
      return text
    }
    let new: CredentialsSigner
    do {
      new = try CredentialsSigner(chain: texts[0], key: texts[1])
    } catch {
      let isKey = if case .unusableKey = error { true } else { false }
      throw RecordsError.brokenCertificates(path: isKey ? key : chain, reason: error.reason)
    }
    try RunFolder.make(workspace.hidden)
    if let old = try organization(of: workspace) {
      let known = try text(of: trustedPath(in: workspace)) ?? ""
      try write(known + old.chain, to: trustedPath(in: workspace), rights: 0o644)
    }
    // A chain without its key is not used: the key comes last.
    try? RunFolder.remove(keyPath(in: workspace))
    try write(texts[0], to: chainPath(in: workspace), rights: 0o644)
    try write(texts[1], to: keyPath(in: workspace), rights: 0o600)
    return new
  }

  /// The signer of an organization's certificates; nil if the workspace has none.
  private static func organization(of workspace: Workspace) throws -> CredentialsSigner? {
    let (chainPath, keyPath) = (chainPath(in: workspace), keyPath(in: workspace))
    guard let key = try text(of: keyPath) else { return nil }
    let chain = try text(of: chainPath) ?? ""
    do {
      return try remembered(chain + key) { try CredentialsSigner(chain: chain, key: key) }
    } catch let error as CredentialsError {
      throw RecordsError.brokenCertificates(path: chainPath, reason: error.reason)
    }
  }

  private static func remembered(
    _ name: String, _ make: () throws -> CredentialsSigner
  ) throws -> CredentialsSigner {
    if let known = signers.withLock({ $0[name] }) { return known }
    let new = try make()
    signers.withLock { known in
      if known.count >= most { known = [:] }
      known[name] = new
    }
    return new
  }

  private static func text(of path: String) throws -> String? {
    guard let data = try RunFolder.contents(of: path, most: largest + 1) else { return nil }
    guard data.count <= largest else {
      throw RecordsError.unreadable(path: path, reason: "the file is too large")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String, rights: Int) throws {
    if FileKind.isThere(path) { try RunFolder.remove(path) }
    try LabKey.place(text, at: path, rights: rights)
  }

  private static func chainPath(in workspace: Workspace) -> String {
    "\(workspace.hidden)/credentials.pem"
  }
  private static func keyPath(in workspace: Workspace) -> String {
    "\(workspace.hidden)/credentials-key.pem"
  }
  private static func trustedPath(in workspace: Workspace) -> String {
    "\(workspace.hidden)/trusted.pem"
  }
}
