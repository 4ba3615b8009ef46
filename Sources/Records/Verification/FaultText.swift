extension LedgerReading.Fault: CustomStringConvertible {
  /// The fault as a sentence; lines are counted from 1.
  var description: String {
    switch self {
    case .changed(let line): "Ledger line \(line + 1) was modified."
    case .removed(-1): "The first ledger lines are missing."
    case .removed(let line): "Ledger lines are missing after line \(line + 1)."
    case .repeated(let line): "Ledger line \(line + 1) is duplicated."
    case .reordered(let line): "Ledger lines are reordered from line \(line + 1) on."
    case .forged(let line):
      "Invalid signature in ledger line \(line + 1)."
    case .anotherKey(let line):
      "Ledger line \(line + 1) is signed with another workspace's key."
    case .unsigned(-1): "The ledger is not signed: the run is in progress or was killed."
    case .unsigned(let line):
      "The ledger is not signed after line \(line + 1): the run is in progress or was killed."
    case .cut(let line, let known):
      "The ledger was truncated: it has \(line) lines, but run.json records \(known)."
    case .torn(let line):
      "Ledger line \(line + 1) is incomplete, as after a power failure. Rerun the run's command to repair it."
    }
  }
}
