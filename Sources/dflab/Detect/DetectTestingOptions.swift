import ArgumentParser

/// What `dflab detect --evaluate` takes.
struct DetectTestingOptions: ParsableArguments {
  @Flag(help: "Test trained detectors on labeled sets: those of --data, or the newest.")
  var evaluate = false

  @Flag(
    help: "Test them also on pictures degraded in five strengths: JPEG, H.264, size, blur, noise.")
  var robustness = false

  @Option(
    help: """
      What to call the report of --evaluate (default: evaluate- and the first set's name) or of \
      --cross-validate (default: cross-validation- and the table's).
      """)
  var reportName: String?
}
