import Foundation

/// A line of a manifest: one JSON object about a picture of the manifest's folder.
public protocol ManifestRecord: Codable, Equatable, Sendable {
  /// What the manifest is called in its folder.
  static var manifestName: String { get }
  /// The picture, below the folder; no two lines are about the same.
  var file: String { get }
  /// What does not fit together, to be read inside a sentence; nil if all is well.
  var fault: String? { get }
  /// The error that names such a line, counted from 1.
  static func broken(path: String, line: Int, reason: String) -> FacesError
}

extension ManifestRecord {
  /// More lines than this are refused.
  public static var mostLines: Int { 1_000_000 }
  /// A line with more bytes than this is refused.
  public static var longestLine: Int { 65_536 }

  /// The line as it stands in the manifest, with the line's end.
  ///
  /// Its keys are in order, so that the same line has the same bytes.
  public var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self)) + [0x0A]
    }
  }

  /// Where the manifest of a folder is.
  static func manifestPath(of folder: String) -> String {
    FolderListing.path(of: manifestName, in: folder)
  }
}

/// What is wrong with a line of a manifest, to be read inside a sentence.
struct RecordFault: Error {
  let reason: String
}
