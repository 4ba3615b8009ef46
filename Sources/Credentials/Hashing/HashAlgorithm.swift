import Crypto
import Foundation

/// A hash algorithm that C2PA allows.
enum HashAlgorithm: String, Sendable {
  case sha256, sha384, sha512

  /// A hash that bytes are added to in parts.
  struct Running {
    private enum State {
      case sha256(SHA256), sha384(SHA384), sha512(SHA512)
    }

    private var state: State

    init(_ algorithm: HashAlgorithm) {
      state =
        switch algorithm {
        case .sha256: .sha256(SHA256())
        case .sha384: .sha384(SHA384())
        case .sha512: .sha512(SHA512())
        }
    }

    mutating func update(_ bytes: some DataProtocol) {
      switch state {
      case .sha256(var hash):
        hash.update(data: bytes)
        state = .sha256(hash)
      case .sha384(var hash):
        hash.update(data: bytes)
        state = .sha384(hash)
      case .sha512(var hash):
        hash.update(data: bytes)
        state = .sha512(hash)
      }
    }

    var bytes: [UInt8] {
      switch state {
      case .sha256(let hash): Array(hash.finalize())
      case .sha384(let hash): Array(hash.finalize())
      case .sha512(let hash): Array(hash.finalize())
      }
    }
  }

  /// The hash of bytes.
  func hash(_ bytes: some DataProtocol) -> [UInt8] {
    var running = Running(self)
    running.update(bytes)
    return running.bytes
  }
}
