import Foundation

/// The content of files without their credentials.
public enum SignedContent {
  /// The SHA-256 of a file without its manifest store, in hexadecimal digits.
  ///
  /// Two files that were made alike and signed by different keys have the same one. Of an MP4 or MOV file
  /// the places of its data are left out, too, because they depend on the length of the store.
  public static func digits(ofFile path: String) throws -> String {
    let file = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    let container = Container(of: file)
    var excluded: [Range<Int>] = []
    // A damaged file is taken as it is.
    if let store = try? container.store(in: file) { excluded.append(store.range) }
    if container == .bmff, !excluded.isEmpty {
      for name in ["stco", "co64"] {
        let tables = try? BMFF.boxes(at: "/moov/trak/mdia/minf/stbl/\(name)", of: file)
        excluded += (tables ?? []).map(\.range)
      }
    }
    var digest = RunningDigest()
    for range in HashBinding.rest(of: file.count, without: excluded) { digest.update(file[range]) }
    return digest.digits
  }
}
