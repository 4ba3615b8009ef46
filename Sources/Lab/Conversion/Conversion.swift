import Foundation

/// Puts a learnt face into a video, a picture, or a folder of pictures.
public enum Conversion {
  /// Converts as `request` says; a video goes on where an earlier session was ended.
  ///
  /// - Parameters:
  ///   - interruption: asks the session to end early.
  ///   - report: is told what happens, on the calling thread.
  public static func run(
    _ request: ConversionRequest, interruption: Interruption = Interruption(),
    report: @escaping (ConversionEvent) -> Void = { _ in }
  ) throws -> ConversionOutcome {
    guard !FileKind.isSame(request.input, request.output) else {
      throw LabError.sameFile(path: request.output)
    }
    let weights = try request.weights()
    let request = try request.masked(by: weights)
    if PictureConversion.takes(request.input) {
      return try PictureConversion(request, weights: weights).run(interruption, report)
    }
    return try VideoConversion(request, weights: weights, interruption, report).run()
  }
}
