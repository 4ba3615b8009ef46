import Crypto
import Engine
import Foundation

/// The Ed25519 key (RFC 8032) by which a workspace signs what it made.
///
/// `.dflab/key.pem` (PKCS #8, readable by its owner alone) and `.dflab/key.pub.pem`, as OpenSSL
/// reads them.
struct LabKey {
  private let key: Curve25519.Signing.PrivateKey

  /// The workspace's key, made where there is none.
  ///
  /// One that was lost is not replaced: what it has signed would count as signed by a stranger.
  init(of workspace: Workspace) throws {
    if let key = try LabKey.stored(in: workspace) {
      self.key = key
      return
    }
    guard !FileKind.isThere(LabKey.publicPath(in: workspace)) else {
      throw LabError.brokenKey(
        path: LabKey.path(in: workspace), reason: "it is gone, and its public half is there")
    }
    key = Curve25519.Signing.PrivateKey()
    try write(in: workspace)
  }

  /// The public half, in base 64.
  var identity: String { key.publicKey.rawRepresentation.base64EncodedString() }

  /// The signature of a text, in base 64.
  func signature(of text: String) throws -> String {
    try key.signature(for: Data(text.utf8)).base64EncodedString()
  }

  /// Whether `identity`'s owner has signed the text.
  static func isSignature(_ signature: String, of text: String, by identity: String) -> Bool {
    guard let signature = Data(base64Encoded: signature),
      let bytes = Data(base64Encoded: identity),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return false }
    return key.isValidSignature(signature, for: Data(text.utf8))
  }

  /// The public half of a workspace's key, in base 64; nil if it has none.
  static func identity(of workspace: Workspace) throws -> String? {
    let path = publicPath(in: workspace)
    guard let data = try RunFolder.contents(of: path) else {
      return try stored(in: workspace)?.publicKey.rawRepresentation.base64EncodedString()
    }
    guard let bytes = bytes(ofPEM: String(decoding: data, as: UTF8.self), after: publicHead) else {
      throw LabError.brokenKey(path: path, reason: "it is no public Ed25519 key in PEM")
    }
    return bytes.base64EncodedString()
  }

  /// The key as its file holds it; nil where there is no file.
  private static func stored(in workspace: Workspace) throws -> Curve25519.Signing.PrivateKey? {
    let path = path(in: workspace)
    guard let data = try RunFolder.contents(of: path) else { return nil }
    let bytes = bytes(ofPEM: String(decoding: data, as: UTF8.self), after: privateHead)
    guard let bytes, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else {
      throw LabError.brokenKey(path: path, reason: "it is no Ed25519 key in PEM")
    }
    return key
  }

  private func write(in workspace: Workspace) throws {
    try RunFolder.make(workspace.hidden)
    let path = LabKey.path(in: workspace)
    // Made empty and closed to others first, so that the key is never readable by them.
    let files = FileManager.default
    guard
      files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw LabError.unwritable(path: path, reason: "it cannot be made") }
    try file.write(
      contentsOf: Data(
        LabKey.pem("PRIVATE KEY", LabKey.privateHead + key.rawRepresentation).utf8))
    try file.synchronize()
    try file.close()
    try WholeFile.write(
      Array(LabKey.pem("PUBLIC KEY", LabKey.publicHead + key.publicKey.rawRepresentation).utf8),
      to: LabKey.publicPath(in: workspace))
  }

  private static func path(in workspace: Workspace) -> String { "\(workspace.hidden)/key.pem" }
  private static func publicPath(in workspace: Workspace) -> String {
    "\(workspace.hidden)/key.pub.pem"
  }

  /// What stands before the 32 bytes of a private and a public key (RFC 8410).
  private static let privateHead = Data([
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ])
  private static let publicHead = Data([
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ])

  private static func pem(_ kind: String, _ bytes: Data) -> String {
    "-----BEGIN \(kind)-----\n\(bytes.base64EncodedString())\n-----END \(kind)-----\n"
  }

  private static func bytes(ofPEM text: String, after head: Data) -> Data? {
    let body = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    guard let bytes = Data(base64Encoded: body), bytes.starts(with: head),
      bytes.count == head.count + 32
    else { return nil }
    return bytes.suffix(32)
  }
}
