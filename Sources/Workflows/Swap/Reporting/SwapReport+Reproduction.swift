import Engine
import Generation
import Records

extension SwapReport {
  /// The command that reproduces the run.
  var command: String {
    var words = [
      "dflab swap", "--a \(ShellWord.quoted(record.a.folder))",
      "--b \(ShellWord.quoted(record.b.folder))", "--name NEW", "--threads \(record.threads)",
    ]
    if let pretrained = record.pretrained {
      words.append("--pretrained \(pretrained)")
    } else {
      words += training
    }
    return words.joined(separator: " ")
  }

  private var training: [String] {
    let (settings, budget) = (record.settings, record.budget)
    let words =
      [
        "--model \(settings.architecture.rawValue)", "--batch \(settings.batch)",
        "--seed \(settings.seed)", "--precision \(settings.precision.rawValue)",
        "--learning-rate \(settings.learningRate)", "--holdout \(settings.holdout)",
        "--select-by \((settings.selection ?? .reconstruction).rawValue)",
        "--evaluate-every \(record.sessionOptions.evaluateEvery)",
      ] + SwapReport.terms(of: settings)
    let limits = [
      budget.seconds.map { "--minutes \($0 / 60)" }, budget.iterations.map { "--iterations \($0)" },
    ]
    return words + limits.compactMap(\.self)
  }

  /// The options for loss, discriminators, mask and augmentation.
  static func terms(of settings: SwapSettings) -> [String] {
    settings.choices.drop { $0.option != "--loss" }
      .filter { $0.value != "none" && $0.value != "not learned" }
      .map { "\($0.option) \($0.value)" }
  }

  /// The reproducibility of the run.
  var reproduction: String {
    if record.pretrained != nil { return "The same pictures give the same metrics, bit for bit." }
    return record.budget.seconds == nil
      ? "On the same machine and with the same number of threads, the command gives the same weights, "
        + "bit for bit, even if it is interrupted and resumed."
      : "With --minutes, the learning rate follows the clock: the weights will be similar, not "
        + "identical. With --iterations, or to the plateau, they are identical."
  }
}
