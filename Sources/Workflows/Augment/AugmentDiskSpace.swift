import Foundation

/// What a labeled set takes on the disk.
struct AugmentDiskSpace {
  /// Bytes: a file of 256×256 at this quality has about 60 kB, a line of the manifest 2 kB.
  let bytes: Double

  /// - Parameters:
  ///   - pictures: how many are to be made.
  ///   - side: their side in pixels.
  init(_ pictures: Int, side: Int) {
    bytes = Double(pictures) * (Double(side * side) * 0.9 + 10_000)
  }

  /// Refuses what the disk has not the room for.
  func check(in folder: String) throws {
    let system = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.doubleValue, free < bytes else {
      return
    }
    throw WorkflowError.noRoom(
      path: folder, need: SynthesisDiskSpace.size(bytes), free: SynthesisDiskSpace.size(free))
  }
}
