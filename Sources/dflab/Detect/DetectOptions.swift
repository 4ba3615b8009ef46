import ArgumentParser
import Records
import Workflows

/// The options that several modes of `dflab detect` have in common.
enum SharedDetectOptions: OptionSource {
  static var descriptions: [OptionDescription] {
    // --evaluate takes several datasets, and inference takes files: these descriptions come first.
    let all =
      PlainOptions<InferenceRequest>.descriptions + PlainOptions<EvaluateRequest>.descriptions
      + PlainOptions<DetectRequest>.descriptions
    let order = ["inputs", "detectors", "data", "name", "seed", "workspace"]
    return order.compactMap { name in all.first { $0.name == name } }
  }
}

/// Options of `dflab detect FILE` that concern the command alone.
struct InferenceCommandOptions: ParsableArguments {
  @Flag(help: "Print how long each stage took, and the peak memory")
  var timing = false

  @Flag(help: "Exit with code 2 if a file is fake, otherwise with 4 if one is undecided")
  var exitCode = false

  /// The given options.
  var given: [String] { (timing ? ["--timing"] : []) + (exitCode ? ["--exit-code"] : []) }
}

/// The mode of `dflab detect` that trains.
struct RetrainFlag: ParsableArguments {
  @Flag(help: "Train detectors on a labeled dataset, test them, and write a report")
  var retrain = false
}

/// The mode of `dflab detect` that tests.
struct EvaluateFlag: ParsableArguments {
  @Flag(help: "Test trained detectors on labeled datasets")
  var evaluate = false
}
