extension Recording {
  /// Notes files of a run that has ended, which were written anew, and signs its ledger.
  ///
  /// Nothing is noted where the run has no record, where a process works on it and will note them
  /// itself, and where the ledger has a fault, which a new signature would hide.
  ///
  /// - Parameters:
  ///   - making: what has written them.
  ///   - folder: what the run has made, from the root.
  static func noteAgain(
    _ files: [String], making: String, of folder: String, in workspace: Workspace?
  ) {
    guard let context = RecordingContext.current, let workspace else { return }
    do {
      guard let home = try RunDirectory.making(folder, in: workspace),
        !RunLock.isHeld(at: RunRecorder.lock(of: home)),
        let book = try RunRecorder(ended: home, in: workspace)
      else { return }
      try book.note(files.map { Artifact($0, making: making) })
      try book.signAgain()
      try Registry(in: workspace).renew(only: book.names)
    } catch {
      context.warn("The run's ledger is not written: \(error)")
    }
  }
}
