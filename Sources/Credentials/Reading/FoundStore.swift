import Foundation

/// A manifest store, in a file or beside it.
struct FoundStore {
  let bytes: [UInt8]
  /// The part of the file that holds it; nil for a sidecar.
  let range: Range<Int>?
  /// The name of the sidecar; nil for an embedded store.
  let sidecar: String?

  /// The largest sidecar in bytes.
  static let largestSidecar = 64 << 20

  /// The store of a file; nil if there is none in it or beside it.
  ///
  /// - Parameter path: where the file is, to find a sidecar; nil for bytes without a path.
  init?(of file: Data, at path: String?) throws(CredentialsFault) {
    let container = Container(of: file)
    if let store = try container.store(in: file) {
      (bytes, range, sidecar) = (store.bytes, store.range, nil)
      return
    }
    guard let path, container == .other else { return nil }
    let beside = SignedVideo.sidecar(of: path)
    guard beside != path, let handle = FileHandle(forReadingAtPath: beside) else { return nil }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: FoundStore.largestSidecar + 1) else { return nil }
    guard data.count <= FoundStore.largestSidecar else {
      throw .container("'\((beside as NSString).lastPathComponent)' is too large")
    }
    (bytes, range) = (Array(data), nil)
    sidecar = (beside as NSString).lastPathComponent
  }
}
