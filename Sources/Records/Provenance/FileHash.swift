import Crypto
import Foundation

/// The SHA-256 of bytes, in hexadecimal digits.
public enum FileHash {
  public static func of(_ bytes: some Sequence<UInt8>) -> String {
    SHA256.hash(data: Array(bytes)).hexadecimal
  }

  /// The hash of a file, read in chunks.
  public static func ofFile(_ path: String) throws(RecordsError) -> String {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      var hash = SHA256()
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
      return hash.finalize().hexadecimal
    } catch {
      throw .unreadable(path: path, reason: RunFolder.reason(of: error))
    }
  }
}

extension SHA256.Digest {
  /// The digest in hexadecimal digits.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
