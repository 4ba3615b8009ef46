import Foundation
import GRDB

extension Registry {
  /// Reads changed folders, and removes rows of missing ones.
  ///
  /// Folders are read before the database is locked; unreadable ones do not affect others.
  ///
  /// - Parameter names: runs, datasets and models to check, below the workspace; nil for all.
  public func renew(only names: Set<String>? = nil) throws(RecordsError) {
    try with { queue in
      let known = try queue.read { try Known($0) }
      func isMeant(_ path: String) -> Bool {
        names?.contains { $0 == path || path.hasPrefix("\($0)/") || $0.hasPrefix("\(path)/") }
          ?? true
      }
      let homes = try RunDirectory.all(in: workspace).filter(isMeant)
      let sets = try DatasetReading.all(in: workspace).filter(isMeant)
      let models = try ModelReading.all(in: workspace).filter(isMeant)
      let (workspace, isThere) = (workspace, Set(homes + sets + models))
      let runs = try homes.filter { known.runs[$0] != RunReading.stamp($0, in: workspace) }
        .map { try RunReading($0, in: workspace) }
      let changedSets = sets.filter {
        known.datasets[$0] != DatasetReading.stamp($0, in: workspace)
      }.map { (path: $0, row: try? DatasetReading.row($0, in: workspace)) }
      let changedModels = models.filter {
        known.models[$0] != ModelReading.stamp($0, in: workspace)
      }.compactMap { try? ModelReading.row($0, in: workspace) }
      let gone = known.paths.filter { isMeant($0) && !isThere.contains($0) }
      guard !(runs.isEmpty && changedSets.isEmpty && changedModels.isEmpty && gone.isEmpty) else {
        return
      }
      try queue.write { database in
        for path in gone {
          try RunRow.deleteOne(database, key: path)
          try DatasetRow.deleteOne(database, key: path)
          try ModelRow.deleteOne(database, key: path)
        }
        for run in runs { try run.write(to: database) }
        for set in changedSets {
          try DatasetRow.deleteOne(database, key: set.path)
          try set.row?.insert(database)
        }
        for model in changedModels { try model.upsert(database) }
      }
    }
  }

  /// The stamps of known rows, by path.
  private struct Known {
    let runs, datasets, models: [String: String]

    init(_ database: Database) throws {
      func stamps(_ table: String, _ key: String) throws -> [String: String] {
        var stamps: [String: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT \(key), stamp FROM \(table)") {
          stamps[row[0]] = row[1]
        }
        return stamps
      }
      runs = try stamps("runs", "home")
      datasets = try stamps("datasets", "path")
      models = try stamps("models", "path")
    }

    var paths: Set<String> { Set(runs.keys).union(datasets.keys).union(models.keys) }
  }
}

extension RunReading {
  /// Replaces the run's rows, with its numbers and files.
  fileprivate func write(to database: Database) throws {
    try RunRow.deleteOne(database, key: row.home)
    try row.insert(database)
    let metric = try database.cachedStatement(
      sql: """
        INSERT INTO metrics (run, name, iteration, seconds, value, low, high)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for row in metrics {
      try metric.execute(arguments: [
        row.run, row.name, row.iteration, row.seconds, row.value, row.low, row.high,
      ])
    }
    let file = try database.cachedStatement(
      sql: "INSERT INTO files (run, path, hash, bytes) VALUES (?, ?, ?, ?)")
    for row in files { try file.execute(arguments: [row.run, row.path, row.hash, row.bytes]) }
  }
}

extension Workspace {
  /// Rebuilds the registry from the folders, whatever its state.
  ///
  /// - Returns: the numbers of runs, datasets, models, metrics and files.
  public func reindex() throws(RecordsError) -> RegistryCounts {
    do {
      let registry = try Registry(in: self)
      try registry.with { queue in
        try queue.write { database in
          for table in ["runs", "datasets", "models"] {
            try database.execute(sql: "DELETE FROM \(table)")
          }
        }
      }
      try registry.renew()
      return try registry.counts()
    } catch RecordsError.brokenRegistry {
      // A file that cannot be opened or cleared is deleted; the folders hold everything.
      for ending in ["", "-wal", "-shm"] {
        let file = Registry.path(in: self) + ending
        if FileKind.isThere(file) { try RunFolder.remove(file) }
      }
      let registry = try Registry(in: self)
      try registry.renew()
      return try registry.counts()
    }
  }
}
