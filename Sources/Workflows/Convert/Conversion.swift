import Foundation
public import Records

/// Swaps faces in a video, a picture, or a folder of pictures.
public enum Conversion {
  /// Converts as requested; an interrupted video is resumed.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func run(
    _ request: ConversionRequest, interruption: Interruption = Interruption(),
    report: @escaping (ConversionEvent) -> Void = { _ in }
  ) throws -> ConversionOutcome {
    guard !FileKind.isSame(request.input, request.output) else {
      throw WorkflowError.sameFile(path: request.output)
    }
    let weights = try request.weights()
    let request = try request.masked(by: weights)
    // No lock here: a video's pieces have one of their own. Pictures need none, because nothing of them
    // is resumed: each is written whole, and two processes with the same request write the same. The
    // record of the run is locked either way.
    let session = RunSession(unlocked: interruption)
    let workspace = Workspace.of(request.output, named: request.workspace)
    record(request, weights, of: workspace, in: session)
    let home = session.home
    return try session.perform(
      noting: { try made(by: request, weights) + (home.map(Artifact.all) ?? []) }
    ) {
      var outcome =
        PictureConversion.takes(request.input)
        ? try PictureConversion(request, weights: weights).run(interruption, report)
        : try VideoConversion(request, weights: weights, interruption, report).run()
      guard let home, let workspace else { return outcome }
      try outcome.noteTiming(in: home)
      guard !interruption.isAsked else { return outcome }
      outcome.report = try ConversionRecord(request, outcome, in: workspace).write(
        to: home, shown: outcome.shown)
      return outcome
    }
  }

  private static func record(
    _ request: ConversionRequest, _ weights: String, of workspace: Workspace?,
    in session: RunSession
  ) {
    session.record(
      request,
      at: workspace.map { RunDirectory.of(request.output, by: "convert", in: $0) }
        ?? request.output,
      in: workspace,
      settings: ConversionFolder.Making(request, weights: weights),
      sources: [request.input, weights], places: [request.output])
  }

  /// The result, or the pictures in it, with their origins.
  private static func made(by request: ConversionRequest, _ weights: String) -> [Artifact] {
    // As the ledger finds them below the run's outputs, so that nothing is recorded twice.
    let output = Workspace.absolute(request.output)
    guard Workspace.isFolder(request.input) else {
      return [Artifact(output, from: [.file(request.input)], model: .file(weights))]
    }
    let names = (try? RunFolder.names(in: request.input)) ?? []
    return names.map {
      Artifact(
        "\(output)/\(SwapFile($0).name)", from: [.file("\(request.input)/\($0)")],
        model: .file(weights))
    }
  }
}

extension ConversionOutcome {
  /// Records the duration of this session; those of an earlier conversion are removed.
  fileprivate func noteTiming(in home: String) throws {
    let path = "\(home)/\(SessionTiming.name)"
    if resumed == 0 && FileKind.isThere(path) { try RunFolder.remove(path) }
    guard frames > resumed else { return }
    try SessionTiming(seconds: seconds, done: frames - resumed).note(in: home)
  }
}
