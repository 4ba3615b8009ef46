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
    let runs = try runs()
    let wanted = name.hasSuffix("/") ? String(name.dropLast()) : name
    let exact = runs.first { [$0.home, $0.name, "\(workspace.path)/\($0.home)"].contains(wanted) }
    if let exact { return exact }
    let ends = runs.filter { ($0.home as NSString).lastPathComponent == wanted }
    guard ends.count == 1 else {
      let names = runs.map(\.name)
      throw .noRun(name: name, known: ends.isEmpty ? names : ends.map(\.name))
    }
    return ends[0]
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
    RunFamily(try with { try $0.read { try RunRow.fetchAll($0) } })
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
