import Foundation

/// Everything that the folders contain about a run.
struct RunReading {
  let row: RunRow
  let metrics: [MetricRow]
  let files: [FileRow]

  /// Reads a run's folder.
  ///
  /// - Parameter home: below the workspace.
  init(_ home: String, in workspace: Workspace) throws {
    let path = "\(workspace.path)/\(home)"
    row = try RunReading.row(home, path, in: workspace)
    let log = try RunFolder.contents(of: "\(path)/log.jsonl") ?? Data()
    let results = try RunFolder.contents(of: "\(path)/results.json")
    metrics = RunMetrics.logged(log, by: home) + RunMetrics.final(results, of: home)
    var last: [String: Int] = [:]
    let lines = (try? LedgerReading(of: "\(path)/\(Ledger.name)"))?.lines ?? []
    for (index, line) in lines.enumerated() { if let file = line.file { last[file] = index } }
    files = last.values.sorted().compactMap { index in
      let line = lines[index]
      guard let file = line.file, let hash = line.hash else { return nil }
      return FileRow(run: home, path: file, hash: hash, bytes: line.bytes)
    }
  }

  /// The current stamp of its files.
  static func stamp(_ home: String, in workspace: Workspace) -> String {
    FileStamp.of(
      [RunRecord.name, Ledger.name, "settings.json", "log.jsonl", "results.json"].map {
        "\(workspace.path)/\(home)/\($0)"
      })
  }

  private static func row(
    _ home: String, _ path: String, in workspace: Workspace
  ) throws -> RunRow {
    let stamp = stamp(home, in: workspace)
    // A damaged record is ignored, but does not affect other runs.
    guard let record = try? RunRecord.read(in: path) else {
      return try UnrecordedRun(home, path, in: workspace).row(stamp: stamp)
    }
    let last = record.sessions.last
    return RunRow(
      home: home, command: record.command, arguments: record.line, threads: record.threads,
      settings: try record.settingsText, seed: record.seed.map { "\($0)" },
      version: last?.version ?? "", machine: record.machine, began: record.sessions.first?.began,
      ended: last?.ended, outcome: last?.outcome, reason: last?.reason,
      sessions: record.sessions.count, sources: record.sources, places: record.places,
      parent: record.parent, stamp: stamp)
  }
}
