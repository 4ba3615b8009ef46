import Engine
import Foundation
import Generation
import Records

/// `results.json`: the held-out metrics of a swap run's best weights.
struct SwapResults: Codable, Equatable {
  /// The program that measured them.
  var program = Program.name
  /// The iteration of the weights, and the metrics that selected them.
  let best: BestCheckpoint
  /// The number of training steps.
  let iterations: Int
  /// The held-out reconstruction.
  let reconstruction: SwapMetrics
  /// The held-out swaps against ground truth; nil if unavailable.
  let groundTruth: SwapMetrics?
  /// What was made of all pictures; nil as long as none was swapped.
  var swaps: SwapPictures?

  /// The results at `path`; nil if there are none.
  static func read(at path: String) throws -> SwapResults? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    guard let results = try? JSONDecoder().decode(SwapResults.self, from: data) else {
      throw RecordsError.unreadable(
        path: path, reason: "not the results of a swap run")
    }
    return results
  }

  func write(to path: String) throws {
    try WholeFile.write(try JSONText.pretty(self), to: path)
  }
}
