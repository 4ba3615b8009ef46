import Workflows

/// What `dflab augment` and `dflab datasets show` print of an audit.
enum AuditTable {
  /// One line a shortcut.
  static func text(_ audit: AuditReport) -> String {
    if let reason = audit.reason { return "audit     not possible: \(reason)" }
    let lines = audit.shortcuts.map { shortcut in
      let interval =
        shortcut.low.flatMap { low in
          shortcut.high.map { " (\(decimals(low, 3)) to \(decimals($0, 3)))" }
        } ?? ""
      let gap = String(repeating: " ", count: max(0, 14 - shortcut.name.count))
      return "  \(shortcut.name)\(gap)  \(decimals(shortcut.auc, 3))\(interval)"
        + (shortcut.isClosed ? "" : "  OPEN")
    }
    let head =
      "audit     AUC of classifiers that see no face, \(audit.pictures) pictures; chance is 0.5"
    return ([head] + lines).joined(separator: "\n")
  }

  /// What is to be said loudly of open shortcuts.
  static func alarm(_ audit: AuditReport) -> String {
    let names = audit.open.map { "\($0.name) (AUC \(decimals($0.auc, 3)))" }
    return "WARNING: the labels can be told without looking at a face, by "
      + "\(names.joined(separator: ", ")). A detector may learn this instead of the forgeries; "
      + "figures on this set are not to be trusted."
  }
}
