import Foundation

/// The cost of rendering pictures.
struct SynthesisDiskSpace: CustomStringConvertible {
  /// Bytes on the disk.
  let bytes: Double
  /// Seconds on two cores.
  private let seconds: Double

  /// - Parameter pictures: their number under `recipe`.
  init(_ pictures: Int, of recipe: SynthesisRecipe) {
    let area = Double(recipe.size * recipe.size)
    let picture = (recipe.isLossless ? 2.3 : 0.4) + (recipe.video ? 0.2 : 0)
    let perPixel = picture + (recipe.masks ? 0.06 : 0) + (recipe.depth ? 0.25 : 0)
    bytes = Double(pictures) * (area * perPixel + 5_000)
    seconds = Double(pictures) / 20 * area / 65_536
  }

  var description: String {
    "about \(SynthesisDiskSpace.size(bytes)) and \(SynthesisDiskSpace.time(seconds)) on two cores"
  }

  /// Throws if there are too many pictures, or too little disk space.
  func check(_ recipe: SynthesisRecipe, in folder: String) throws {
    guard recipe.pictures <= SynthesisRecipe.mostPictures else {
      throw WorkflowError.tooManyPictures(
        count: recipe.pictures, most: SynthesisRecipe.mostPictures, need: description)
    }
    let system = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.doubleValue, free < bytes else {
      return
    }
    throw WorkflowError.noRoom(
      path: folder, need: SynthesisDiskSpace.size(bytes), free: SynthesisDiskSpace.size(free))
  }

  static func size(_ bytes: Double) -> String {
    let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB")]
    let (scale, unit) = units.first { bytes >= $0.0 } ?? (1e3, "kB")
    return "\(rounded(bytes / scale)) \(unit)"
  }

  private static func time(_ seconds: Double) -> String {
    let units = [(86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes")]
    let (scale, unit) = units.first { seconds >= 2 * $0.0 } ?? (1, "seconds")
    return "\(rounded(seconds / scale)) \(unit)"
  }

  /// Two digits, or an integer.
  private static func rounded(_ value: Double) -> String {
    value < 9.95 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
  }
}
