import Detection
import Engine
public import Faces
import Foundation
import Media
import Records

/// What an outsider would check before trusting metrics on a labeled dataset.
public struct SetAudit: Auditing, Equatable {
  /// The folder, from the root.
  public let folder: String
  /// The number of samples.
  public let samples: Int
  /// The answers, in the order of the page.
  public let findings: [AuditFinding]
  /// Pictures that occur in two splits.
  public let duplicates: NearDuplicates
  /// Classifiers that see no face; nil if they could not be trained.
  public let shortcuts: AuditReport?
  /// Samples of each class, identities and clips in each split.
  public let splits: [Part]

  /// What one split holds.
  public struct Part: Codable, Equatable, Sendable {
    public let split: Split
    public let real, fake, identities, clips: Int
    /// Fake samples by method.
    public let methods: [String: Int]
  }

  /// Fewer identities than these give intervals that are too wide for most comparisons.
  static let fewIdentities = 10
  /// A share of a class's samples that differs more between the classes gives them away.
  static let largestDifference = 0.1

  /// Reads every picture of a dataset, also of one whose splits leak.
  ///
  /// - Parameters:
  ///   - name: a name below the workspace's `Datasets`, or a folder; nil for the newest set.
  ///   - report: receives what is being done, a sentence each.
  public init(
    of name: String?, workspace: String?, report: (String) -> Void = { _ in }
  ) throws {
    report("Comparing files with the manifest")
    let check = try SetCheck(of: name, workspace: workspace)
    folder = check.folder
    let all = try LabeledDatasetWriter(in: folder).earlier
    samples = all.count
    splits = Split.allCases.map { SetAudit.part($0, of: all) }
    report("Comparing pictures between splits")
    duplicates = NearDuplicates(in: all, of: folder)
    report("Training shortcut baselines")
    // Baselines need a dataset whose files are there, and in which no identity is in two splits.
    shortcuts = try? AuditReport(of: LabeledDataset(reading: folder))
    findings =
      [
        SetAudit.files(check), SetAudit.leak(check), SetAudit.duplicates(duplicates),
        SetAudit.people, SetAudit.shortcuts(shortcuts), SetAudit.balance(splits),
        SetAudit.size(splits), SetAudit.methods(splits),
      ] + [SetAudit.degradations(all)].compactMap(\.self) + [SetAudit.origin(of: folder)]
  }

  private static func part(_ split: Split, of all: [Sample]) -> Part {
    let own = all.filter { $0.split == split }
    let fakes = own.filter { $0.label == .fake }
    return Part(
      split: split, real: own.count - fakes.count, fake: fakes.count,
      identities: Set(own.flatMap(\.identities)).count, clips: Set(own.flatMap(\.clips)).count,
      methods: Dictionary(grouping: fakes, by: \.method).mapValues(\.count))
  }
}

extension SetAudit {
  private static func files(_ check: SetCheck) -> AuditFinding {
    let question = "files"
    let wrong = check.changed.count + check.missing.count
    guard wrong == 0 else {
      let first = check.missing.first ?? check.changed.first ?? ""
      return AuditFinding(
        question: question, verdict: .failed,
        answer: "Of \(check.pictures) files, \(check.changed.count) are modified and "
          + "\(check.missing.count) are missing, such as '\(first)'.")
    }
    guard check.unhashed == 0 else {
      return AuditFinding(
        question: question, verdict: .caution,
        answer: "All \(check.pictures) files are there; \(check.unhashed) have no hash in the "
          + "manifest, so changes of these would not be noticed.")
    }
    return AuditFinding(
      question: question, verdict: .passed,
      answer: "All \(check.pictures) files have the hashes of the manifest.")
  }

  private static func leak(_ check: SetCheck) -> AuditFinding {
    AuditFinding(
      question: "identities and clips of the manifest",
      verdict: check.leak == nil ? .passed : .failed,
      answer: check.leak ?? "None is in more than one split.")
  }

  private static func duplicates(_ found: NearDuplicates) -> AuditFinding {
    let question = "near duplicates between splits"
    if found.pictures == 0 {
      return AuditFinding(
        question: question, verdict: .unknown, answer: "No picture could be compared.")
    }
    let unread =
      found.unreadable.isEmpty ? "" : " \(found.unreadable.count) pictures could not be read."
    guard let pair = found.pairs.first else {
      return AuditFinding(
        question: question, verdict: .passed,
        answer: "None among \(found.pictures) pictures.\(unread)")
    }
    return AuditFinding(
      question: question, verdict: .failed,
      answer: "\(found.count) pairs among \(found.pictures) pictures, such as '\(pair.first)' and "
        + "'\(pair.second)'\(pair.isMirrored ? ", mirrored" : ""): the same picture or clip is in two "
        + "splits, under whatever names.\(unread)")
  }

  private static let people = AuditFinding(
    question: "one person under two names", verdict: .unknown,
    answer: "Not checked: dflab ships no face descriptor. Other pictures of a person under another "
      + "name would not be noticed.")

  private static func shortcuts(_ found: AuditReport?) -> AuditFinding {
    let question = "shortcuts"
    guard let found else {
      return AuditFinding(
        question: question, verdict: .unknown,
        answer: "Not measured: the dataset cannot be used as it is.")
    }
    if let reason = found.reason {
      return AuditFinding(question: question, verdict: .unknown, answer: "Not measured: \(reason)")
    }
    let leaks = found.leaks.map { "\($0.name) (ROC AUC \(NumberText.fixed($0.auc, 3)))" }
    // With few samples a baseline leaves chance by chance: only an interval beyond it counts.
    let tolerance = AuditReport.tolerance
    let certain = found.leaks.contains {
      ($0.low ?? 0) > 0.5 + tolerance || ($0.high ?? 1) < 0.5 - tolerance
    }
    return AuditFinding(
      question: question, verdict: leaks.isEmpty ? .passed : certain ? .failed : .caution,
      answer: leaks.isEmpty
        ? "All baselines are \(AuditReport.chance)."
        : "These tell real from fake without a face: \(leaks.joined(separator: ", ")).")
  }

  private static func balance(_ splits: [Part]) -> AuditFinding {
    let question = "classes"
    let used = splits.filter { $0.real + $0.fake > 0 }
    if let lone = used.first(where: { $0.real == 0 || $0.fake == 0 }) {
      return AuditFinding(
        question: question, verdict: .failed,
        answer:
          "The \(lone.split.rawValue) split holds \(lone.real) real and \(lone.fake) fake samples: "
          + "one class alone.")
    }
    let ratios = used.map { Double($0.fake) / Double($0.real) }
    let words = zip(used, ratios).map { "\($0.split.rawValue) \(NumberText.fixed($1, 2))" }
    let isEven = (ratios.max() ?? 1) <= 2 * (ratios.min() ?? 1)
    return AuditFinding(
      question: question, verdict: isEven ? .passed : .caution,
      answer: "Fake samples for each real one: \(words.joined(separator: ", "))."
        + (isEven
          ? ""
          : " Accuracy and precision cannot be compared between splits of such different balance."))
  }

  private static func size(_ splits: [Part]) -> AuditFinding {
    let question = "test split"
    guard let test = splits.first(where: { $0.split == .test }), test.real + test.fake > 0 else {
      return AuditFinding(
        question: question, verdict: .caution,
        answer: "There is none: nothing can be tested on this dataset.")
    }
    let isSmall = test.identities < fewIdentities
    let people = "\(test.identities) \(test.identities == 1 ? "identity" : "identities")"
    let clips = "\(test.clips) \(test.clips == 1 ? "clip" : "clips")"
    return AuditFinding(
      question: question, verdict: isSmall ? .caution : .passed,
      answer: "\(people) and \(clips), which no other split has."
        + (isSmall ? " With fewer than \(fewIdentities), intervals are wide." : ""))
  }

  private static func methods(_ splits: [Part]) -> AuditFinding {
    func names(_ split: Split) -> Set<String> {
      Set(splits.first { $0.split == split }?.methods.keys.map { $0 } ?? [])
    }
    let (trained, chosen, tested) = (names(.training), names(.validation), names(.test))
    let unseen = tested.subtracting(trained).sorted()
    let untested = trained.subtracting(tested).sorted()
    var sentences: [String] = []
    if !unseen.isEmpty {
      sentences.append("Tested without being trained on: \(unseen.joined(separator: ", ")).")
    }
    if !untested.isEmpty {
      sentences.append("Trained on without being tested: \(untested.joined(separator: ", ")).")
    }
    let peeked = unseen.filter(chosen.contains)
    if !peeked.isEmpty {
      sentences.append(
        "Of the unseen methods, the validation split has \(peeked.joined(separator: ", ")): thresholds know them."
      )
    }
    return AuditFinding(
      question: "forgery methods", verdict: untested.isEmpty && peeked.isEmpty ? .passed : .caution,
      answer: sentences.isEmpty
        ? "The same in all splits: \(tested.union(trained).sorted().joined(separator: ", "))."
        : sentences.joined(separator: " "))
  }

  /// Nil for datasets that do not say how their samples were degraded.
  private static func degradations(_ all: [Sample]) -> AuditFinding? {
    guard all.contains(where: { $0.degradations != nil }) else { return nil }
    func share(_ label: Label, _ kind: Degradation.Kind) -> Double {
      let own = all.filter { $0.label == label }
      let having = own.count { $0.degradations?.contains { $0.kind == kind } ?? false }
      return Double(having) / Double(max(1, own.count))
    }
    let unequal = Degradation.Kind.allCases.filter { kind in
      let (real, fake) = (share(.real, kind), share(.fake, kind))
      let (reals, fakes) = (
        all.count { $0.label == .real }, all.count { $0.label == .fake }
      )
      // Three standard errors of the difference of two shares.
      let error =
        (real * (1 - real) / Double(max(1, reals))
        + fake * (1 - fake) / Double(max(1, fakes))).squareRoot()
      return abs(real - fake) > max(3 * error, largestDifference)
    }.map(\.rawValue)
    return AuditFinding(
      question: "degradations", verdict: unequal.isEmpty ? .passed : .failed,
      answer: unequal.isEmpty
        ? "Real and fake samples are degraded alike."
        : "Real and fake samples differ in \(unequal.joined(separator: ", ")): a detector may learn that instead."
    )
  }

  private static func origin(of folder: String) -> AuditFinding {
    let question = "repetition"
    if let record = AugmentFolder(path: folder).record {
      return AuditFinding(
        question: question, verdict: .passed,
        answer: "Made by 'dflab augment' with seed \(record.settings.seed): 'dflab runs repeat "
          + "\((folder as NSString).lastPathComponent)' makes it again and compares every byte.")
    }
    if (try? ImportFolder(path: folder).record) ?? nil != nil {
      return AuditFinding(
        question: question, verdict: .caution,
        answer:
          "Imported from a public dataset: it can be imported again if you still have its files.")
    }
    return AuditFinding(
      question: question, verdict: .unknown, answer: "Nothing says how the dataset was made.")
  }
}
