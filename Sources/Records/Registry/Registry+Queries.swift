import Foundation
import GRDB

/// The number of rows in a registry.
public struct RegistryCounts: Encodable, Equatable, Sendable {
  public let runs, datasets, models, metrics, files: Int
}

extension Registry {
  /// The up-to-date registry of the given or nearest workspace.
  public convenience init(workspace: String?) throws(RecordsError) {
    try self.init(in: try Workspace(named: workspace))
    try renew()
  }

  /// All runs, newest first.
  public func runs() throws(RecordsError) -> [RunSummary] {
    let rows = try with { try $0.read { try RunRow.order(sql: "began DESC, home").fetchAll($0) } }
    let family = RunFamily(rows)
    return rows.map { RunSummary($0, parents: family.parents(of: $0), in: workspace) }
  }

  /// The run with a name: its folder, its folder without `Labs/`, or the last component of it.
  public func run(named name: String) throws(RecordsError) -> RunSummary {
    let wanted = name.hasSuffix("/") ? String(name.dropLast()) : name
    let above = "\(workspace.path)/"
    let home = wanted.hasPrefix(above) ? String(wanted.dropFirst(above.count)) : wanted
    let exact = try rows("home IN (?, ?)", [home, "Labs/\(home)"]).first
    if let exact {
      return RunSummary(exact, parents: try family().parents(of: exact), in: workspace)
    }
    let ends = try rows("home LIKE ? ESCAPE '\\'", ["%/\(Registry.literal(wanted))"]).filter {
      ($0.home as NSString).lastPathComponent == wanted
    }
    guard ends.count == 1 else {
      let known = ends.isEmpty ? try homes() : ends.map(\.home)
      throw .noRun(name: name, known: known.map(RunSummary.name))
    }
    return RunSummary(ends[0], parents: try family().parents(of: ends[0]), in: workspace)
  }

  /// The folders of all runs, the newest first.
  private func homes() throws(RecordsError) -> [String] {
    try with { queue in
      try queue.read {
        try String.fetchAll($0, sql: "SELECT home FROM runs ORDER BY began DESC, home")
      }
    }
  }

  /// The rows that meet a condition, the newest first.
  private func rows(_ condition: String, _ arguments: [String]) throws(RecordsError) -> [RunRow] {
    try with { queue in
      try queue.read {
        try RunRow.fetchAll(
          $0, sql: "SELECT * FROM runs WHERE \(condition) ORDER BY began DESC, home",
          arguments: StatementArguments(arguments))
      }
    }
  }

  /// The last value of each number that a run logged, by name.
  public func finalMetrics(of home: String) throws(RecordsError) -> [RunMetric] {
    try with { queue in
      try queue.read {
        try MetricRow.fetchAll(
          $0,
          sql: """
            SELECT * FROM metrics WHERE rowid IN
              (SELECT max(rowid) FROM metrics WHERE run = ? GROUP BY name) ORDER BY name
            """, arguments: [home]
        ).map(RunMetric.init)
      }
    }
  }

  /// The artifacts of a run, in the order of its ledger.
  public func files(of home: String) throws(RecordsError) -> [RunFile] {
    try with { queue in
      try queue.read {
        try FileRow.fetchAll(
          $0, sql: "SELECT * FROM files WHERE run = ? ORDER BY rowid", arguments: [home]
        ).map(RunFile.init)
      }
    }
  }

  /// The artifacts of a path, and those with some bytes, by the folders of their runs.
  ///
  /// - Parameters:
  ///   - path: below the workspace; nil for any.
  ///   - hash: the SHA-256; nil for any.
  public func artifacts(
    at path: String?, hash: String?
  ) throws(RecordsError) -> [(run: String, file: RunFile)] {
    try with { queue in
      try queue.read {
        try FileRow.fetchAll(
          $0, sql: "SELECT * FROM files WHERE path = ? OR hash = ? ORDER BY run, rowid",
          arguments: [path, hash]
        ).map { (run: $0.run, file: RunFile($0)) }
      }
    }
  }

  /// All datasets, by name.
  public func datasets() throws(RecordsError) -> [DatasetSummary] {
    let rows = try with { try $0.read { try DatasetRow.order(sql: "path").fetchAll($0) } }
    let family = try family()
    return rows.map { DatasetSummary($0, run: family.owner(of: $0.path)) }
  }

  /// All models, by name.
  public func models() throws(RecordsError) -> [ModelSummary] {
    let rows = try with { try $0.read { try ModelRow.order(sql: "path").fetchAll($0) } }
    let family = try family()
    return rows.map { ModelSummary($0, run: family.owner(of: $0.path)) }
  }

  /// The model with a name.
  public func model(named name: String) throws(RecordsError) -> ModelSummary {
    guard let model = try models().first(where: { $0.name == name }) else {
      throw .noModel(name: name, path: "\(workspace.checkpoints(of: name))/best.safetensors")
    }
    return model
  }

  private func family() throws(RecordsError) -> RunFamily {
    let rows = try with { queue in
      try queue.read { try Row.fetchAll($0, sql: "SELECT home, places FROM runs") }
    }
    // All lists are decoded at once, which takes a fraction of the time.
    let lists: String = "[\(rows.map { $0[1] as String }.joined(separator: ","))]"
    let places = (try? JSONDecoder().decode([[String]].self, from: Data(lists.utf8))) ?? []
    return RunFamily(zip(rows, places).map { (home: $0[0] as String, places: $1) })
  }

  /// The number of rows.
  func counts() throws(RecordsError) -> RegistryCounts {
    try with { queue in
      try queue.read {
        RegistryCounts(
          runs: try RunRow.fetchCount($0), datasets: try DatasetRow.fetchCount($0),
          models: try ModelRow.fetchCount($0), metrics: try MetricRow.fetchCount($0),
          files: try FileRow.fetchCount($0))
      }
    }
  }
}
