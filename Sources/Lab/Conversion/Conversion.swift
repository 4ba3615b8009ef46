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
    let recording = recording(of: request, weights)
    return try recording.around(interruption, noting: { made(by: request, weights) }) {
      if PictureConversion.takes(request.input) {
        return try PictureConversion(request, weights: weights).run(interruption, report)
      }
      return try VideoConversion(request, weights: weights, interruption, report).run()
    }
  }

  private static func recording(of request: ConversionRequest, _ weights: String) -> Recording {
    let workspace = Workspace.of(request.output, named: request.workspace)
    return Recording(
      "convert",
      at: workspace.map { RunHome.of(request.output, by: "convert", in: $0) } ?? request.output,
      in: workspace, option: "--out",
      settings: ConversionFolder.Making(request, weights: weights),
      sources: [request.input, weights], places: [request.output])
  }

  /// The result, or the pictures in it, with what they were made from.
  private static func made(by request: ConversionRequest, _ weights: String) -> [MadeFile] {
    guard Workspace.isFolder(request.input) else {
      return [MadeFile(request.output, from: [.file(request.input)], model: .file(weights))]
    }
    let names = (try? RunFolder.names(in: request.input)) ?? []
    return names.filter(FileKind.isPicture).map {
      MadeFile(
        "\(request.output)/\($0)", from: [.file("\(request.input)/\($0)")],
        model: .file(weights))
    }
  }
}
