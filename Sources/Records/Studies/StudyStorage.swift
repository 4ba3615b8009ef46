import Foundation
import GRDB
public import Search

/// An Optuna storage: an SQLite file with studies and their trials, which Optuna and its dashboard open.
///
/// Several processes may use it at once. Each change is one transaction, so that a killed process leaves
/// whole trials.
public final class StudyStorage: Sendable {
  public let path: String
  let queue: DatabaseQueue

  /// The timeout for locks of other processes, in seconds.
  private static let patience = 60.0
  /// More trials, or longer texts, are refused: anybody may have written the file.
  static let most = (trials: 100_000, text: 1 << 16)

  /// Opens a storage, or creates it.
  public convenience init(at path: String) throws(RecordsError) {
    try self.init(path, isReadOnly: false)
  }

  /// Opens a storage that exists, to read it.
  public convenience init(reading path: String) throws(RecordsError) {
    guard FileKind.isThere(path) else {
      throw .brokenStudy(path: path, reason: "there is no such file")
    }
    try self.init(path, isReadOnly: true)
  }

  private init(_ path: String, isReadOnly: Bool) throws(RecordsError) {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(StudyStorage.patience)
    configuration.readonly = isReadOnly
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      if !isReadOnly {
        try queue.write { database in
          let isEmpty = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
          if isEmpty { try StudySchema.create(in: database) }
        }
      }
      if let reason = try queue.read(StudySchema.fault) {
        throw RecordsError.brokenStudy(path: path, reason: reason)
      }
    } catch {
      throw StudyStorage.fault(path, error)
    }
  }

  /// Changes the database in one transaction, and converts its errors.
  func write<Result>(_ body: (Database) throws -> Result) throws(RecordsError) -> Result {
    do { return try queue.write(body) } catch { throw StudyStorage.fault(path, error) }
  }

  /// Reads the database, and converts its errors.
  func read<Result>(_ body: (Database) throws -> Result) throws(RecordsError) -> Result {
    do { return try queue.read(body) } catch { throw StudyStorage.fault(path, error) }
  }

  private static func fault(_ path: String, _ error: any Error) -> RecordsError {
    if let error = error as? RecordsError { return error }
    if let error = error as? StudyFault {
      return .brokenStudy(path: path, reason: error.reason)
    }
    let error = error as? DatabaseError
    if let error, [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      return .brokenStudy(path: path, reason: "another process has locked it")
    }
    return .brokenStudy(path: path, reason: error?.message ?? "it is not an Optuna storage")
  }
}

/// What is wrong with the content of a storage, phrased for the middle of a sentence.
struct StudyFault: Error {
  let reason: String
}

extension StudyStorage {
  /// The names of the studies, in the order of their creation.
  public var studies: [String] {
    get throws(RecordsError) {
      try read { database in
        try String.fetchAll(
          database, sql: "SELECT study_name FROM studies ORDER BY study_id LIMIT 1000")
      }
    }
  }

  /// The key of a study; nil for none of the name.
  public func study(named name: String) throws(RecordsError) -> Int64? {
    try read { try StudyStorage.study(named: name, in: $0) }
  }

  private static func study(named name: String, in database: Database) throws -> Int64? {
    try Int64.fetchOne(
      database, sql: "SELECT study_id FROM studies WHERE study_name = ?", arguments: [name])
  }

  /// The key of a study, which is created if there is none of the name.
  ///
  /// - Parameter notes: what is told of a new study, as user attributes.
  public func study(
    named name: String, _ direction: SearchDirection, notes: [String: String] = [:]
  ) throws(RecordsError) -> Int64 {
    try write { database in
      if let study = try StudyStorage.study(named: name, in: database) { return study }
      try database.execute(
        sql: "INSERT INTO studies (study_name) VALUES (?)", arguments: [name])
      let study = database.lastInsertedRowID
      try database.execute(
        sql: "INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, 0)",
        arguments: [direction.rawValue.uppercased(), study])
      for (key, text) in notes.sorted(by: { $0.key < $1.key }) {
        try database.execute(
          sql:
            "INSERT INTO study_user_attributes (study_id, \"key\", value_json) VALUES (?, ?, ?)",
          arguments: [study, key, try StudyStorage.json(text)])
      }
      return study
    }
  }

  /// The direction of a study with one objective.
  public func direction(of study: Int64) throws(RecordsError) -> SearchDirection {
    try read { database in
      let words = try String.fetchAll(
        database, sql: "SELECT direction FROM study_directions WHERE study_id = ?",
        arguments: [study])
      guard words.count == 1, let direction = SearchDirection(rawValue: words[0].lowercased())
      else { throw StudyFault(reason: "the study does not have one objective") }
      return direction
    }
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
