import ArgumentParser
import Workflows

/// What the judging of pictures and videos takes.
struct DetectInferenceOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Look at every so many frames of a video.")
  var every: Int?

  @Option(
    parsing: .unconditional,
    help: "Frames of a video at most, evenly spread unless --every is given (default: 32).")
  var maxFrames: Int?

  @Flag(help: "Judge every person, not the largest face alone.")
  var track = false

  @Option(
    parsing: .unconditional, help: "The narrowest face to search for, in pixels (default: 80).")
  var minSize: Double?

  @Option(
    help: "How several detectors' answers become one: mean (the default) or vote (70 % is a vote).")
  var ensemble: Ensemble?

  @Option(
    help: "Where timeline, verdict and reasons go (default: Labs/judged-FILE).",
    completion: .directory)
  var out: String?

  @Flag(help: "Say what the answer rests on: frequencies, the face's edge, where networks looked.")
  var explain = false

  @Flag(help: "End with 2 if a file is called fake.")
  var exitCode = false

  /// The names of those that are given.
  var given: [String] {
    let all: [(option: String, isGiven: Bool)] = [
      ("--every", every != nil), ("--max-frames", maxFrames != nil), ("--track", track),
      ("--min-size", minSize != nil), ("--ensemble", ensemble != nil), ("--out", out != nil),
      ("--explain", explain), ("--exit-code", exitCode),
    ]
    return all.filter(\.isGiven).map(\.option)
  }

  func validate() throws {
    try require(every, "--every", in: 1...1_000_000)
    try require(maxFrames, "--max-frames", in: 1...10_000_000)
    try require(minSize, "--min-size", in: 20...10_000)
  }

  /// The request for some files.
  func request(_ inputs: [String]) -> InferenceRequest {
    var request = InferenceRequest(inputs: inputs)
    (request.every, request.isTracked, request.smallest) = (every, track, minSize)
    // With --every, a video is looked at to its end.
    request.most = maxFrames ?? (every == nil ? 32 : nil)
    request.ensemble = ensemble ?? .mean
    (request.out, request.isExplained) = (out, explain)
    return request
  }
}
