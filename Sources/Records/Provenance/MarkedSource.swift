import Credentials
import Foundation
import Media
import Synchronization

/// What was read of sources of marked files; each is read once while it does not change.
enum MarkedSource {
  private struct Key: Hashable {
    let path: String
    let stamp: String
    let isParent: Bool
  }

  private static let ingredients = Mutex<[Key: CredentialsIngredient]>([:])
  private static let origins = Mutex<[Key: MediaOrigin?]>([:])

  /// How many files are remembered.
  private static let most = 256

  /// A source as an ingredient.
  static func ingredient(_ path: String, isParent: Bool) throws -> CredentialsIngredient {
    let key = key(path, isParent)
    if let known = ingredients.withLock({ $0[key] }) { return known }
    let read = try CredentialsIngredient(at: path, isParent: isParent)
    ingredients.withLock { known in
      if known.count >= most { known = [:] }
      known[key] = read
    }
    return read
  }

  /// How a file says it was made, in its metadata or credentials; nil if it says nothing, or cannot be
  /// read.
  static func origin(_ path: String) -> MediaOrigin? {
    let key = key(path, false)
    if let known = origins.withLock({ $0[key] }) { return known }
    let read = readOrigin(path)
    origins.withLock { known in
      if known.count >= most { known = [:] }
      known[key] = .some(read)
    }
    return read
  }

  private static func readOrigin(_ path: String) -> MediaOrigin? {
    // Mapped, because videos are large. Both XMP and credentials hold the term as plain text.
    var files = [URL(filePath: path)]
    if let sidecar = SignedVideo.existingSidecar(of: path) { files.append(URL(filePath: sidecar)) }
    let contents = files.compactMap { try? Data(contentsOf: $0, options: .alwaysMapped) }
    return MediaOrigin.allCases.first { origin in
      contents.contains { $0.range(of: Data(origin.sourceType.utf8)) != nil }
    }
  }

  private static func key(_ path: String, _ isParent: Bool) -> Key {
    Key(path: path, stamp: FileStamp.of([path]), isParent: isParent)
  }
}
