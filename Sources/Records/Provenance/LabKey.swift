import Credentials
import Foundation

/// The Ed25519 key (RFC 8032) that a workspace signs its ledgers with.
///
/// `.dflab/key.pem` (PKCS #8, readable only by its owner) and `.dflab/key.pub.pem`, in OpenSSL's
/// format.
struct LabKey {
  let key: Ed25519Key

  /// The workspace's key, created if there is none.
  ///
  /// A lost key is not replaced, because its signatures would then count as forged. If several
  /// processes create one at the same time, all get the first one.
  init(of workspace: Workspace) throws {
    // Checked before the key, because the public key is written last.
    let hasPublicHalf = FileKind.isThere(LabKey.publicPath(in: workspace))
    if let stored = try LabKey.stored(in: workspace) {
      key = stored
    } else if hasPublicHalf {
      throw RecordsError.brokenKey(
        path: LabKey.path(in: workspace),
        reason: "the private key is missing, but the public key exists")
    } else {
      key = try LabKey.made(in: workspace)
    }
    guard !hasPublicHalf else { return }
    let half = LabKey.pem("PUBLIC KEY", LabKey.publicHead + key.publicBytes)
    try LabKey.place(half, at: LabKey.publicPath(in: workspace), rights: 0o644)
  }

  /// The public key, in base 64.
  var identity: String { Data(key.publicBytes).base64EncodedString() }

  /// The signature of a text, in base 64.
  func signature(of text: String) throws -> String {
    Data(try key.signature(of: text.utf8)).base64EncodedString()
  }

  /// Whether the text was signed by the owner of `identity`.
  static func isSignature(_ signature: String, of text: String, by identity: String) -> Bool {
    guard let signature = Data(base64Encoded: signature),
      let bytes = Data(base64Encoded: identity)
    else { return false }
    return Ed25519Key.isSignature(signature, of: text.utf8, by: bytes)
  }

  /// The public key of a workspace, in base 64; nil if it has none.
  static func identity(of workspace: Workspace) throws -> String? {
    let path = publicPath(in: workspace)
    guard let data = try RunFolder.contents(of: path) else {
      return try stored(in: workspace).map { Data($0.publicBytes).base64EncodedString() }
    }
    guard let bytes = bytes(ofPEM: String(decoding: data, as: UTF8.self), after: publicHead) else {
      throw RecordsError.brokenKey(path: path, reason: "not an Ed25519 public key in PEM format")
    }
    return bytes.base64EncodedString()
  }

  /// The stored key; nil if there is no file.
  private static func stored(in workspace: Workspace) throws -> Ed25519Key? {
    let path = path(in: workspace)
    guard let data = try RunFolder.contents(of: path) else { return nil }
    let bytes = bytes(ofPEM: String(decoding: data, as: UTF8.self), after: privateHead)
    guard let bytes, let key = Ed25519Key(bytes) else {
      throw RecordsError.brokenKey(path: path, reason: "not an Ed25519 key in PEM format")
    }
    return key
  }

  /// A new key, or that of a process that was faster.
  private static func made(in workspace: Workspace) throws -> Ed25519Key {
    try RunFolder.make(workspace.hidden)
    let path = path(in: workspace)
    let new = Ed25519Key()
    try place(pem("PRIVATE KEY", privateHead + new.bytes), at: path, rights: 0o600)
    guard let key = try stored(in: workspace) else {
      throw RecordsError.brokenKey(path: path, reason: "it disappeared after creation")
    }
    return key
  }

  /// Creates a file atomically; an existing file is kept.
  static func place(_ text: String, at path: String, rights: Int) throws {
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    let partial = "\(folder)/.\(UUID().uuidString).partial"
    defer { try? files.removeItem(atPath: partial) }
    // Created empty with restricted permissions first, so that the key is never readable by others.
    guard
      files.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: rights]),
      let file = FileHandle(forWritingAtPath: partial)
    else { throw RecordsError.unwritable(path: path, reason: "cannot create the file") }
    try file.write(contentsOf: Data(text.utf8))
    try file.synchronize()
    try file.close()
    do {
      try files.linkItem(atPath: partial, toPath: path)
    } catch {
      guard !FileKind.isThere(path) else { return }
      // Not every file system supports hard links.
      try files.moveItem(atPath: partial, toPath: path)
    }
  }

  private static func path(in workspace: Workspace) -> String { "\(workspace.hidden)/key.pem" }
  private static func publicPath(in workspace: Workspace) -> String {
    "\(workspace.hidden)/key.pub.pem"
  }

  /// The prefixes of the 32 bytes of a private and a public key (RFC 8410).
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
