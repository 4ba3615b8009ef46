import Foundation

/// Writes credentials into videos, or beside those that cannot hold them.
public enum SignedVideo {
  /// The extension of a file of credentials beside another one.
  public static let sidecar = "c2pa"

  /// The path of the credentials beside a file, which bear its name.
  public static func sidecar(of path: String) -> String {
    "\((path as NSString).deletingPathExtension).\(sidecar)"
  }

  /// The path of the credentials beside a file; nil if there are none, or if the file's format holds its
  /// own.
  public static func existingSidecar(of path: String) -> String? {
    let beside = sidecar(of: path)
    guard beside != path, FileManager.default.fileExists(atPath: beside),
      let file = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    else { return nil }
    return Container(of: file) == .other ? beside : nil
  }

  /// Copies an MP4 or MOV file with credentials before its first data.
  ///
  /// - Parameters:
  ///   - path: the file without credentials; it is read in parts.
  ///   - copy: the path of the file to write.
  /// - Returns: false if the file's format holds no credentials; then nothing is written.
  public static func copy(
    of path: String, to copy: String, _ statement: CredentialsStatement, signer: CredentialsSigner
  ) throws -> Bool {
    let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    guard Container(of: file) == .bmff else { return false }
    do {
      guard try BMFF.store(in: file) == nil else {
        throw CredentialsError.unsignable(reason: "the video has some already")
      }
      try MovieCopy(of: file, statement, signer).write(to: copy)
    } catch let fault as CredentialsFault {
      throw CredentialsError.unsignable(reason: fault.text)
    }
    return true
  }

  /// The credentials of a file that cannot hold them, for its sidecar.
  public static func sidecarBytes(
    of path: String, _ statement: CredentialsStatement, signer: CredentialsSigner
  ) throws -> [UInt8] {
    let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    var hash = RunningDigest()
    hash.update(file)
    let writer = ManifestWriter(statement, signer, contents: hash.bytes)
    return try writer.store(.data(excluding: nil, hash: hash.bytes))
  }
}
