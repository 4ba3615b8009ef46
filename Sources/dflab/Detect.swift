import ArgumentParser
import Lab

/// `dflab detect`.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell fake faces from real ones.",
    discussion: """
      --cross-validate judges linear, RBF and polynomial support vector machines and logistic \
      regression on a table of features: each fold's samples by what was learnt from the others, \
      stratified and shuffled. Prints the mean accuracy of each with its 95 % interval.

      EXAMPLES
        dflab detect --cross-validate spectra.csv --folds 10
        dflab detect --cross-validate spectra.csv --json
      """)

  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    guard crossValidation.crossValidate != nil else {
      throw ValidationError("Name a table of features with --cross-validate FILE.csv.")
    }
  }

  func run() throws {
    computing.apply()
    guard let path = crossValidation.crossValidate else { return }
    let result = try TableCrossValidation(
      of: path, folds: crossValidation.folds, seed: crossValidation.seed)
    let terminal = Terminal()
    if json {
      try terminal.print(json: result)
    } else {
      terminal.print(CrossValidationReport(result: result).text)
    }
  }
}
