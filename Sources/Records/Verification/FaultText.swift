extension LedgerReading.Fault: CustomStringConvertible {
  /// What is wrong, in a sentence; lines are counted from 1.
  var description: String {
    switch self {
    case .changed(let line): "Line \(line + 1) of the ledger is not as it was written."
    case .removed(-1): "The first lines of the ledger are missing."
    case .removed(let line): "After line \(line + 1) of the ledger, lines are missing."
    case .repeated(let line): "Line \(line + 1) of the ledger stands there twice."
    case .reordered(let line): "From line \(line + 1) on, the ledger's lines are in another order."
    case .forged(let line):
      "The signature in line \(line + 1) of the ledger is not that of its key."
    case .anotherKey(let line):
      "Another key than this workspace's has signed line \(line + 1) of the ledger."
    case .unsigned(-1): "The ledger is not signed: the run goes on, or was killed."
    case .unsigned(let line):
      "The ledger is not signed after line \(line + 1): the run goes on, or was killed."
    case .cut(let line, let known):
      "The ledger was cut back: it has \(line) lines, and run.json knows of \(known)."
    case .torn(let line):
      "Line \(line + 1) of the ledger is torn, as when the power fails; the same command mends it."
    }
  }
}
