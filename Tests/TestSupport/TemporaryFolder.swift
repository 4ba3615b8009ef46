import Foundation

/// A folder that is there as long as a test needs it.
public final class TemporaryFolder {
  /// Its path, without a slash at the end.
  public let path: String

  /// A new folder in the place for temporary files.
  public init() throws {
    path = NSTemporaryDirectory() + "dflab-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }
}
