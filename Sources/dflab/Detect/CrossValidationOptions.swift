import ArgumentParser

/// What `dflab detect --cross-validate` takes.
struct CrossValidationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A CSV file of features, the class (0 real, 1 fake) first: judge the spectrum classifiers on it.",
      valueName: "file.csv"), completion: .file(extensions: ["csv"]))
  var crossValidate: String?

  @Option(
    parsing: .unconditional,
    help: "Into how many folds --cross-validate divides the samples (default: 10).")
  var folds: Int?

  func validate() throws {
    try require(folds, "--folds", in: 2...1000)
  }
}
