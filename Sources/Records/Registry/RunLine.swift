import Foundation
import GRDB

/// A run as a line of a list: what costs little to find out of each.
public struct RunLine: Encodable, Equatable, Sendable {
  /// The name: its folder, without `Labs/`.
  public let name: String
  /// The folder of its record, below the workspace.
  public let home: String
  /// The kind of the command.
  public let command: String
  public let state: RunSummary.State
  /// The start of the first session and the end of the last one, in ISO 8601.
  public let began, ended: String?
  /// Seconds from the start of the first session to the end of the last one.
  public let seconds: Double?
  /// The run that this is a step of.
  public let parent: String?

  init(_ row: RunRow, in workspace: Workspace) {
    let run = RunSummary(row, parents: [], in: workspace)
    (name, home, command, state) = (run.name, run.home, run.command, run.state)
    (began, ended, seconds, parent) = (run.began, run.ended, run.seconds, run.parent)
  }
}

/// A page of a long list.
public struct ListPage<Line: Encodable & Sendable>: Encodable, Sendable {
  /// The number of lines of the whole list.
  public let total: Int
  public let lines: [Line]

  init(total: Int, _ lines: [Line]) { (self.total, self.lines) = (total, lines) }
}

/// How many things of each kind there are.
public struct WorkspaceContents: Encodable, Equatable, Sendable {
  public let runs: Int
  public let faceSets: Int
  public let labeledDatasets: Int
  public let swapModels: Int
  public let detectors: Int

  enum CodingKeys: String, CodingKey {
    case runs, detectors
    case faceSets = "face_sets"
    case labeledDatasets = "labeled_datasets"
    case swapModels = "swap_models"
  }
}

extension Registry {
  /// A part of the runs whose name, command or settings contain some words, newest first.
  ///
  /// - Parameters:
  ///   - text: words separated by spaces; empty for all runs.
  ///   - steps: whether to list the steps of other runs too.
  public func runs(
    matching text: String, steps: Bool = true, limit: Int, offset: Int
  ) throws(RecordsError) -> ListPage<RunLine> {
    let words = text.split(separator: " ").prefix(20).map { "%\(Registry.literal($0))%" }
    let matches = words.map { _ in
      "(home || ' ' || command || ' ' || arguments) LIKE ? ESCAPE '\\'"
    }
    let conditions = matches + (steps ? [] : ["parent IS NULL"])
    let filter = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    return try with { queue in
      try queue.read { database in
        let arguments = StatementArguments(words)
        let total = try Int.fetchOne(
          database, sql: "SELECT count(*) FROM runs WHERE \(filter)", arguments: arguments)
        let rows = try RunRow.fetchAll(
          database,
          sql: "SELECT * FROM runs WHERE \(filter) ORDER BY began DESC, home LIMIT ? OFFSET ?",
          arguments: arguments + [limit, offset])
        return ListPage(total: total ?? 0, rows.map { RunLine($0, in: workspace) })
      }
    }
  }

  /// A text for `LIKE` that stands for itself.
  static func literal(_ text: some StringProtocol) -> String {
    var literal = ""
    for character in text {
      if "\\%_".contains(character) { literal += "\\" }
      literal.append(character)
    }
    return literal
  }

  /// How many things of each kind there are.
  public func contents() throws(RecordsError) -> WorkspaceContents {
    try with { queue in
      try queue.read { database in
        func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        return WorkspaceContents(
          runs: try count("SELECT count(*) FROM runs"),
          faceSets: try count("SELECT count(*) FROM datasets WHERE kind = 'faces'"),
          labeledDatasets: try count("SELECT count(*) FROM datasets WHERE kind = 'labeled'"),
          swapModels: try count("SELECT count(*) FROM models WHERE kind = 'swap'"),
          detectors: try count("SELECT count(*) FROM models WHERE kind = 'detector'"))
      }
    }
  }

  /// The inputs below a folder of the workspace, by run.
  public func sources(below folder: String) throws(RecordsError) -> [String: [String]] {
    // Slashes are escaped in the column.
    let part = folder.split(separator: "/").last.map { "%\(Registry.literal($0))%" } ?? "%"
    let rows = try with { queue in
      try queue.read {
        try RunRow.fetchAll(
          $0, sql: "SELECT * FROM runs WHERE sources LIKE ? ESCAPE '\\'", arguments: [part])
      }
    }
    let own = rows.map { row in (row.home, row.sources.filter { $0.hasPrefix("\(folder)/") }) }
    return Dictionary(own.filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
  }

  /// The names of the numbers that a run logged more than once.
  public func curveNames(of home: String) throws(RecordsError) -> [String] {
    try with { queue in
      try queue.read {
        try String.fetchAll(
          $0,
          sql: """
            SELECT name FROM metrics WHERE run = ? AND iteration IS NOT NULL
            GROUP BY name HAVING count(*) > 1 ORDER BY name
            """, arguments: [home])
      }
    }
  }

  /// The course of a number that a run logged.
  public func curve(of home: String, named name: String) throws(RecordsError) -> [RunMetric] {
    try with { queue in
      try queue.read {
        try MetricRow.fetchAll(
          $0,
          sql: """
            SELECT * FROM metrics WHERE run = ? AND name = ? AND iteration IS NOT NULL
            ORDER BY iteration
            """, arguments: [home, name]
        ).map(RunMetric.init)
      }
    }
  }
}
