import Engine
import Foundation
import Generation
import Records

/// `results.json`: the held-out figures of a swap run's best weights, from which its report is drawn.
struct SwapResults: Codable, Equatable {
  /// The program that measured them.
  var program = Program.name
  /// When the weights were had, and the means that they were chosen by.
  let best: BestCheckpoint
  /// Steps of the whole training.
  let iterations: Int
  /// How well each person's own pictures are made again.
  let reconstruction: SwapMetrics
  /// How close the swaps come to the true ones; nil where these are not known.
  let truth: SwapMetrics?

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
