extension Recording {
  /// Records rewritten files of a finished run, and signs its ledger.
  ///
  /// Does nothing if the run has no record, if a process is working on it and will record them
  /// itself, or if the ledger has a fault, which a new signature would hide.
  ///
  /// - Parameters:
  ///   - making: the command that wrote them.
  ///   - folder: the run's output, from the root.
  public static func noteAgain(
    _ files: [String], making: String, of folder: String, in workspace: Workspace?
  ) {
    guard let context = RecordingContext.current, let workspace else { return }
    do {
      guard let home = try RunDirectory.making(folder, in: workspace),
        !RunLock.isHeld(at: RunRecorder.lock(of: home)),
        let recorder = try RunRecorder(ended: home, in: workspace)
      else { return }
      try recorder.note(files.map { Artifact($0, making: making) })
      try recorder.signAgain()
      try Registry(in: workspace).renew(only: recorder.names)
    } catch {
      context.warn("The run's ledger is not written: \(error)")
    }
  }
}
