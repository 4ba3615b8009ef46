import Detection
import Engine
import Faces
import Foundation
public import Records

/// What an outsider would check before trusting the metrics of a detector training.
public struct RunAudit: Auditing {
  /// The folder of the run, from the root.
  public let folder: String
  public let findings: [AuditFinding]
  /// The audit of the dataset that it was trained and tested on; nil where that is gone.
  public let dataset: SetAudit?

  /// An expected calibration error above this is named.
  static let largestCalibrationError = 0.1

  /// True if a name means a run with a record, and no labeled dataset.
  ///
  /// - Parameter name: nil for the newest dataset.
  public static func isMeant(by name: String?, workspace: String?) throws -> Bool {
    guard let name, (try? LabeledDataset.path(of: name, workspace: workspace)) == nil else {
      return false
    }
    let workspace = try Workspace(named: workspace)
    return (try? Registry(workspace: workspace.path).run(named: name)) != nil
  }

  /// Audits a finished detector training, and reads every picture of its dataset.
  ///
  /// - Parameters:
  ///   - name: the run's, as 'dflab runs list' has it.
  ///   - report: receives what is being done, a sentence each.
  public init(
    of name: String, workspace: String?, report: (String) -> Void = { _ in }
  ) throws {
    let workspace = try Workspace(named: workspace)
    let registry = try Registry(workspace: workspace.path)
    let run = try registry.run(named: name)
    folder = "\(workspace.path)/\(run.home)"
    guard run.command == DetectRequest.command,
      let record = try DetectRecord.read(at: "\(folder)/settings.json"),
      let results = try DetectResults.read(at: "\(folder)/results.json")
    else { throw WorkflowError.notAudited(name: name, command: run.command) }
    report("Comparing files with the run's ledger")
    let check = try workspace.check(run: run.home)
    let set = record.request.data ?? ""
    dataset =
      LabeledDataset.isManifested(set)
      ? try SetAudit(of: set, workspace: workspace.path, report: report) : nil
    let models = try results.detectors.compactMap(\.model).map { name in
      (name: name, trained: try RunAudit.detector(name, in: workspace))
    }
    findings = [
      RunAudit.files(check), try RunAudit.data(set, record),
      RunAudit.set(dataset), try RunAudit.people(models, set), RunAudit.selection(results),
      RunAudit.clips(results), RunAudit.calibration(results), RunAudit.shortcuts(results),
      RunAudit.subgroups(results), RunAudit.budget(record),
      try RunAudit.repetition(of: run, among: registry.runs(), in: workspace),
    ]
  }

  private static func detector(_ name: String, in workspace: Workspace) throws -> TrainedDetector? {
    let path = RunFolder(name: name, in: workspace).best
    return FileKind.isThere(path) ? try TrainedDetector(reading: path) : nil
  }
}

extension RunAudit {
  private static func files(_ check: RunCheck) -> AuditFinding {
    let wrong = check.missing + check.changed
    let answer =
      check.faults.first
      ?? (wrong.isEmpty
        ? "All \(check.files) files have the hashes of the signed ledger."
        : "Of \(check.files) files, \(check.changed.count) are modified and \(check.missing.count) are "
          + "missing, such as '\(wrong[0])'.")
    return AuditFinding(
      question: "files of the run", verdict: check.isWhole ? .passed : .failed, answer: answer)
  }

  private static func data(_ set: String, _ record: DetectRecord) throws -> AuditFinding {
    let question = "the dataset's manifest"
    let manifest = "\(set)/\(LabeledDataset.manifestName)"
    guard FileKind.isThere(manifest) else {
      return AuditFinding(
        question: question, verdict: .unknown, answer: "The dataset, '\(set)', is gone.")
    }
    let isSame = try FileHash.ofFile(manifest) == record.manifest
    return AuditFinding(
      question: question, verdict: isSame ? .passed : .failed,
      answer: isSame
        ? "It is that of the training, by SHA-256."
        : "It has changed since: the metrics are of other samples or splits than it lists now.")
  }

  private static func set(_ audit: SetAudit?) -> AuditFinding {
    let question = "the dataset"
    guard let audit else {
      return AuditFinding(question: question, verdict: .unknown, answer: "The dataset is gone.")
    }
    let isCautious = audit.findings.contains { $0.verdict == .caution }
    return AuditFinding(
      question: question,
      verdict: !audit.findings.areTrustworthy ? .failed : isCautious ? .caution : .passed,
      answer: audit.summary)
  }

  /// Whether the weights know nobody of the test split.
  private static func people(
    _ models: [(name: String, trained: TrainedDetector?)], _ set: String
  ) throws -> AuditFinding {
    let question = "identities of the test split in the training data"
    guard LabeledDataset.isManifested(set) else {
      return AuditFinding(question: question, verdict: .unknown, answer: "The dataset is gone.")
    }
    let test = try LabeledDatasetWriter(in: set).earlier.filter { $0.split == .test }
    if let gone = models.first(where: { $0.trained == nil }) {
      return AuditFinding(
        question: question, verdict: .unknown, answer: "The weights of '\(gone.name)' are gone.")
    }
    if let silent = models.first(where: { $0.trained?.people == nil }) {
      return AuditFinding(
        question: question, verdict: .unknown,
        answer: "'\(silent.name)' does not say whom it was trained on.")
    }
    for (name, trained) in models {
      if let person = test.lazy.compactMap({ trained?.known(in: $0) }).first {
        return AuditFinding(
          question: question, verdict: .failed,
          answer: "'\(name)' was trained on, or chosen by, '\(person)', who is in the test split.")
      }
    }
    return AuditFinding(
      question: question, verdict: .passed,
      answer:
        "None, also of the weights that training began with: the detectors list whom they know.")
  }

  /// What was chosen on what.
  private static func selection(_ results: DetectResults) -> AuditFinding {
    let question = "what was chosen on what"
    let places = results.detectors.map { ($0.name, $0.operatingPoint.rates?.data ?? "") }
    let wrong = places.first { !$0.1.hasPrefix("\(Split.validation.rawValue) split") }
    if let wrong {
      return AuditFinding(
        question: question, verdict: wrong.1.isEmpty ? .unknown : .failed,
        answer: wrong.1.isEmpty
          ? "'\(wrong.0)' does not say where its limits were selected."
          : "The limits of '\(wrong.0)' were selected on the \(wrong.1).")
    }
    return AuditFinding(
      question: question, verdict: .passed,
      answer:
        "Weights were fitted on the training split; checkpoint, calibration, threshold and limits "
        + "were selected on the \(places.first?.1 ?? ""). The test split was scored once, after that."
    )
  }

  private static func clips(_ results: DetectResults) -> AuditFinding {
    let clips = results.detectors.first?.frames.groups ?? 0
    let isFew = clips < Evaluation<Frames>.fewClips
    return AuditFinding(
      question: "intervals", verdict: isFew ? .caution : .passed,
      answer: "By resampling \(clips) source \(clips == 1 ? "clip" : "clips")"
        + (isFew
          ? "; with fewer than \(Evaluation<Frames>.fewClips), they are too narrow."
          : ", not single frames."))
  }

  private static func calibration(_ results: DetectResults) -> AuditFinding {
    let errors = results.detectors.map { ($0.name, $0.frames.metrics[.calibrationError]) }
    let bad = errors.filter { $0.1?.value ?? 0 > largestCalibrationError }
    let texts = errors.map { "\($0.0) \($0.1?.text ?? "–")" }.joined(separator: ", ")
    return AuditFinding(
      question: "calibration", verdict: bad.isEmpty ? .passed : .caution,
      answer: "Expected calibration error on the test split: \(texts)."
        + (bad.isEmpty
          ? ""
          : " Above \(NumberText.fixed(largestCalibrationError, 1)), a probability of fake is not the share "
            + "of fakes at it."))
  }

  /// Whether detectors find more than what no detector should need.
  private static func shortcuts(_ results: DetectResults) -> AuditFinding {
    let question = "better than the shortcut baselines"
    guard let best = results.audit.baselines.max(by: { abs($0.auc - 0.5) < abs($1.auc - 0.5) })
    else {
      return AuditFinding(
        question: question, verdict: .unknown,
        answer: results.audit.reason ?? "There are no baselines.")
    }
    let level = max(best.auc, 1 - best.auc)
    let weak = results.detectors.filter {
      let auc = $0.frames.metrics[.rocAUC]
      return auc?.interval?.low ?? auc?.value ?? 0 <= level
    }.map(\.name)
    let base = "'\(best.name)' alone reaches a ROC AUC of \(NumberText.fixed(level, 3))"
    return AuditFinding(
      question: question, verdict: weak.isEmpty ? .passed : .caution,
      answer: weak.isEmpty
        ? "All detectors are, by their intervals: \(base)."
        : "Not certainly: \(weak.joined(separator: ", ")). \(base).")
  }

  private static func subgroups(_ results: DetectResults) -> AuditFinding {
    let question = "subgroups of people"
    let all = results.detectors.flatMap { detector in
      (detector.subgroups ?? []).map { (detector.name, $0) }
    }
    guard !all.isEmpty else {
      return AuditFinding(
        question: question, verdict: .unknown,
        answer:
          "Not compared: the dataset has no '\(PeopleTable.name)' with people of different kinds.")
    }
    let wide = all.filter { ($0.1.gaps.auc.interval?.low ?? 0) > 0 }.map {
      "\($0.0) by \($0.1.attribute) (ROC AUC differs by \($0.1.gaps.auc.text))"
    }
    return AuditFinding(
      question: question, verdict: wide.isEmpty ? .passed : .caution,
      answer: wide.isEmpty
        ? "No gap in ROC AUC whose interval excludes 0."
        : "Not alike for all people: \(wide.joined(separator: ", ")).")
  }

  private static func budget(_ record: DetectRecord) -> AuditFinding {
    let question = "seed and budget"
    let head = "Seed \(record.seed), \(record.threads) threads, dflab \(record.version)"
    guard let iterations = record.request.iterations else {
      return AuditFinding(
        question: question, verdict: .caution,
        answer:
          "\(head), \(NumberText.fixed(record.minutes, 1)) minutes: a budget of time gives other "
          + "weights on another machine. Use --iterations for weights that repeat.")
    }
    return AuditFinding(
      question: question, verdict: .passed, answer: "\(head), \(iterations) steps.")
  }

  /// Whether the bits repeat, where somebody has tried.
  private static func repetition(
    of run: RunSummary, among runs: [RunSummary], in workspace: Workspace
  ) throws -> AuditFinding {
    let question = "repetition"
    let other = runs.first {
      $0.command == run.command && $0.name.hasPrefix("\(run.name)-repeat") && $0.state == .done
    }
    guard let other else {
      return AuditFinding(
        question: question, verdict: .unknown,
        answer: "Nobody has repeated it: 'dflab runs repeat \(ShellWord.quoted(run.name))'.")
    }
    let outcome = try RepetitionOutcome(run, other, in: workspace, among: runs)
    return AuditFinding(
      question: question, verdict: outcome.agrees ? .passed : .caution,
      answer: outcome.agrees
        ? "'\(other.name)' has the same bits: \(outcome.same) files compared."
        : "'\(other.name)' differs in \(outcome.different.count + outcome.missing.count) files of "
          + "\(outcome.same + outcome.different.count + outcome.missing.count).")
  }
}

extension RunAudit {
  public var summary: String {
    findings.summary(of: "of '\((folder as NSString).lastPathComponent)'")
  }

  public var page: ReportPage {
    let name = (folder as NSString).lastPathComponent
    var blocks: [ReportPage.Block] = [.paragraph(summary), .table(findings.table)]
    if let dataset {
      blocks += [
        .heading("Its dataset: \((dataset.folder as NSString).lastPathComponent)"),
        .paragraph(dataset.summary), .table(dataset.findings.table),
      ]
    }
    blocks += [.heading("Reproduce"), .command("dflab audit \(ShellWord.quoted(name))")]
    return ReportPage("Audit: \(name)", blocks)
  }
}
