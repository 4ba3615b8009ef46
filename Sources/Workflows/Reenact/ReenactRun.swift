import Engine
import Faces
import Foundation
import Generation
import Media
public import Records

/// Reenacts a video: finds both people's faces, trains a swap model of the two, and puts the target's
/// face with the driver's expressions into the target's frames.
///
/// Each step resumes by itself, so that a finished one costs little in the next session.
public struct ReenactRun {
  private let request: ReenactRequest
  private let workspace: Workspace
  private let name: String
  private let interruption: Interruption
  private let report: (ReenactEvent) -> Void

  /// Reenacts as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - interruption: requests the session to stop.
  ///   - report: receives events, on the calling thread.
  public static func make(
    _ request: ReenactRequest, interruption: Interruption = Interruption(),
    report: @escaping (ReenactEvent) -> Void = { _ in }
  ) throws -> ReenactOutcome {
    let workspace = try Workspace(named: request.workspace)
    let run = ReenactRun(
      request: request, workspace: workspace, name: try request.runName.description,
      interruption: interruption, report: report)
    try run.check()
    return try run.record()
  }

  /// Refuses what cannot be, before any work.
  private func check() throws {
    let (driver, target, output) = (request.driver, request.target, request.output)
    guard driver != target, !FileKind.isSame(driver, target) else {
      throw WorkflowError.sameClip(path: target)
    }
    for path in [driver, target] {
      guard !FileKind.isSame(path, output) else { throw WorkflowError.sameFile(path: output) }
      guard !PictureConversion.takes(path) else { throw WorkflowError.noVideo(path: path) }
    }
    try VideoJoin(
      path: output, of: VideoReader(reading: target).info, source: nil,
      codec: request.encoding.codec, mark: nil
    ).check()
    _ = try VideoReader(reading: driver)
    if let model = try request.givenWeights(in: workspace) { _ = try CheckpointFile(model) }
  }

  private func record() throws -> ReenactOutcome {
    // As for conversions: pieces of a video have a lock of their own, and so has every step.
    let session = RunSession(unlocked: interruption)
    let made = try request.givenWeights(in: workspace)
    session.record(
      request, at: RunDirectory.of(request.output, by: "reenact", in: workspace), in: workspace,
      settings: request.choices(except: ["out"]).values,
      sources: [request.driver, request.target] + [made].compactMap(\.self),
      places: [request.output])
    let home = session.home
    let result = Workspace.absolute(request.output)
    return try session.perform(
      noting: {
        let model = try weights().map { [Artifact.Origin.file($0)] } ?? []
        return [
          Artifact(
            result, from: [.file(request.target), .file(request.driver)] + model)
        ] + (try home.map(Artifact.all) ?? [])
      }
    ) {
      var outcome = ReenactOutcome(output: request.output)
      let isPrepared = try session.steps { try prepare(&outcome) }
      guard isPrepared else { return outcome }
      try reenact(&outcome)
      outcome.seconds = session.seconds
      guard outcome.isFinished, let home else { return outcome }
      outcome.report = try ReenactRecord(request, outcome, in: workspace).write(
        to: home, shown: outcome.shown)
      return outcome
    }
  }

  private func faces(_ part: String) -> String { workspace.datasets(of: "\(name)/\(part)") }
  private var folder: RunFolder { RunFolder(name: name, in: workspace) }

  /// The file of the weights; nil before training.
  private func weights() throws -> String? {
    try request.givenWeights(in: workspace) ?? (FileKind.isThere(folder.best) ? folder.best : nil)
  }

  /// Finds the faces, and trains; false after an interruption.
  private func prepare(_ outcome: inout ReenactOutcome) throws -> Bool {
    for (part, path) in [("target", request.target), ("driver", request.driver)] {
      guard try extract(path, to: faces(part)) else { return false }
    }
    guard request.model == nil else { return !interruption.isAsked }
    var training = SwapRequest(a: faces("target"), b: faces("driver"))
    (training.name, training.workspace) = (name, workspace.path)
    (training.minutes, training.iterations) = (request.minutes, request.iterations)
    if training.minutes == nil, training.iterations == nil {
      training.minutes = ReenactRequest.usualMinutes
    }
    training.seed = request.seed
    // The decoder keeps its own person's colors in any light of the driver's.
    training.lossOptions.colorJitter = 2
    training.sessionOptions.skipsSwaps = true
    let trained = try SwapRun.train(training, interruption: interruption) { report(.swap($0)) }
    outcome.iteration = trained.iteration
    return !interruption.isAsked
  }

  /// Finds the faces of a clip; false after an interruption.
  private func extract(_ clip: String, to faces: String) throws -> Bool {
    var request = ExtractRequest(inputs: [clip], out: faces)
    (request.keepsOneFace, request.isSmooth, request.minSize) = (true, true, ReenactRun.smallest)
    request.isForced = ExtractFolder(path: faces).isOutdated(for: request, inputs: 1)
    return try ExtractRun.make(request, interruption: interruption) { report(.extract($0)) }
      .isFinished
  }

  /// The smallest face that is worth reenacting, in pixels.
  private static let smallest = 48.0

  /// Makes the video.
  private func reenact(_ outcome: inout ReenactOutcome) throws {
    guard let weights = try weights() else { return }
    outcome.model = workspace.relative(weights)
    let model = try SwapModel(reading: weights)
    let side = request.model == nil ? .a : request.side
    let clips = try ["target", "driver"].map { part in
      DrivingClip(of: try FaceSet(reading: faces(part)), by: model)
    }
    let (target, driver) = (clips[0], clips[1])
    for (clip, path) in [(target, request.target), (driver, request.driver)]
    where clip.faces.isEmpty {
      throw WorkflowError.noFace(path: path)
    }
    let lengths = try [request.target, request.driver].map {
      try VideoReader(reading: $0).info.duration
    }
    let end = lengths[1] ?? .infinity
    let isShorter = lengths[0].map { end < $0 - 0.05 } ?? false
    let isLonger = lengths[0].map { end > $0 + 0.5 } ?? false
    let reenactment = Reenactment(
      reenactor: Reenactor(
        model, of: side, target: target.faces.map(\.face), driver: driver.faces.map(\.face)),
      // A frame that begins as the driver ends is not shown.
      driver: driver, end: end - 0.001, sound: isLonger ? nil : request.driver,
      source: request.driver,
      making: ConversionFolder.Making.fingerprint(request.driver))
    var conversion = ConversionRequest(
      model: weights, input: request.target, side: side, output: request.output)
    // The faces keep the frame's own colors and detail.
    (conversion.insertion.colorTransfer, conversion.insertion.sharpening) = (.none, 0)
    conversion.encoding = request.encoding
    let made = try VideoConversion(
      conversion, weights: weights, drivenBy: reenactment, interruption
    ) { report(.convert($0)) }.run()
    outcome.note(made)
    outcome.isFinished = !interruption.isAsked
    if isShorter {
      outcome.notes.append(
        "The driver ends after \(NumberText.fixed(end, 2)) s, and so does the result.")
    }
    if isLonger {
      outcome.notes.append(
        "The driver is longer than the target, so that the result has no sound.")
    }
  }
}
