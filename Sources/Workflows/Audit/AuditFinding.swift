import Records

/// One question of an audit, and its answer.
public struct AuditFinding: Codable, Equatable, Sendable {
  /// What an answer means.
  public enum Verdict: String, Codable, Sendable {
    /// Nothing is wrong.
    case passed
    /// Metrics can be used, with the caution that the sentence states.
    case caution
    /// Metrics are meaningless, or not about what they seem to be.
    case failed
    /// It was not, or cannot be, checked.
    case unknown
  }

  /// What was asked, such as "near duplicates between splits".
  public let question: String
  public let verdict: Verdict
  /// The answer; sentences.
  public let answer: String
}

extension [AuditFinding] {
  /// A row for each question.
  var table: ReportTable {
    ReportTable(
      ["question", "verdict", "answer"], map { [$0.question, $0.verdict.rawValue, $0.answer] })
  }

  /// True if nothing failed.
  public var areTrustworthy: Bool { !contains { $0.verdict == .failed } }

  /// The result in one sentence.
  ///
  /// - Parameter subject: what the metrics are of, such as "on these 40 samples".
  func summary(of subject: String) -> String {
    func list(_ verdict: AuditFinding.Verdict) -> String {
      filter { $0.verdict == verdict }.map(\.question).joined(separator: ", ")
    }
    let (failed, cautions, unknown) = (list(.failed), list(.caution), list(.unknown))
    let head =
      failed.isEmpty
      ? "Nothing was found that makes metrics \(subject) meaningless."
      : "Metrics \(subject) cannot be trusted: \(failed)."
    return head + (cautions.isEmpty ? "" : " Use with caution: \(cautions).")
      + (unknown.isEmpty ? "" : " Not checked: \(unknown).")
  }
}
