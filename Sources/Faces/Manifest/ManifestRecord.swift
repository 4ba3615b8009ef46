import Foundation

/// A line of a manifest: one JSON object about a picture in the manifest's folder.
public protocol ManifestRecord: Codable, Equatable, Sendable {
  /// The manifest's name in its folder.
  static var manifestName: String { get }
  /// The picture, below the folder; unique in the manifest.
  var file: String { get }
  /// An inconsistency, phrased for the middle of a sentence; nil if there is none.
  var fault: String? { get }
  /// The maximum length of a line in bytes.
  static var longestLine: Int { get }
  /// The error for such a line, counted from 1.
  static func broken(path: String, line: Int, reason: String) -> FacesError
}

extension ManifestRecord {
  /// The maximum number of lines.
  public static var mostLines: Int { 1_000_000 }
  /// Enough for a picture and all that is known of it.
  public static var longestLine: Int { 65_536 }

  /// The line as written to the manifest, including the line feed.
  ///
  /// Its keys are sorted, so that the same line has the same bytes.
  public var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return [UInt8](try encoder.encode(self)) + [0x0A]
    }
  }

  /// The path of a folder's manifest.
  static func manifestPath(of folder: String) -> String {
    FolderListing.path(of: manifestName, in: folder)
  }
}

/// An error in a line of a manifest, phrased for the middle of a sentence.
struct RecordFault: Error {
  let reason: String
}
