import Credentials
import Foundation

/// The SHA-256 of bytes, in hexadecimal digits.
public enum FileHash {
  public static func of(_ bytes: some Sequence<UInt8>) -> String { FileDigest.digits(of: bytes) }

  /// The hash of a file, read in chunks.
  public static func ofFile(_ path: String) throws(RecordsError) -> String {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      return try FileDigest.digits(of: file)
    } catch {
      throw .unreadable(path: path, reason: RunFolder.reason(of: error))
    }
  }
}
