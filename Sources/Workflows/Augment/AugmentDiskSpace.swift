import Foundation

/// The disk space of a labeled dataset.
struct AugmentDiskSpace {
  /// Bytes: a file of 256×256 at this quality has about 60 kB, a line of the manifest 2 kB.
  let bytes: Double

  /// - Parameters:
  ///   - pictures: the number of samples.
  ///   - side: their side in pixels.
  init(_ pictures: Int, side: Int) {
    bytes = Double(pictures) * (Double(side * side) * 0.9 + 10_000)
  }

  /// Throws if the disk does not have enough free space.
  func check(in folder: String) throws {
    let system = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.doubleValue, free < bytes else {
      return
    }
    throw WorkflowError.noRoom(
      path: folder, need: SynthesisDiskSpace.size(bytes), free: SynthesisDiskSpace.size(free))
  }
}
