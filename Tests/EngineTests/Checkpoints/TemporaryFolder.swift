import Foundation

/// Runs a test in a folder of its own, which is gone afterwards.
func inTemporaryFolder(_ body: (_ folder: String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "dflab-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
