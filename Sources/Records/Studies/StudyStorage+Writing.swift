import Foundation
import GRDB
public import Search

extension StudyStorage {
  /// Begins a trial: one that waits, or a new one, unless enough trials count.
  ///
  /// Everything is one transaction, so that no two processes begin the same trial, and each suggestion
  /// knows of all trials.
  ///
  /// - Parameters:
  ///   - most: how many trials of the study may count.
  ///   - notes: what is noted of the trial.
  ///   - suggestion: the distributions and numbers of a new trial, out of all trials.
  /// - Returns: nil if enough trials count.
  public func begin(
    in study: Int64, most: Int, notes: [String: String],
    suggestion: ([StudyTrial]) throws -> (space: SearchSpace, numbers: [String: Double])
  ) throws(RecordsError) -> StudyTrial? {
    try write { database in
      let trials = try StudyStorage.trials(of: study, in: database)
      let id: Int64
      if let waiting = trials.first(where: { $0.trial.state == .waiting }) {
        id = waiting.id
        try database.execute(
          sql: "UPDATE trials SET state = 'RUNNING', datetime_start = ? WHERE trial_id = ?",
          arguments: [StudyStorage.now, id])
      } else {
        guard trials.counted.count < most else { return nil }
        let (space, numbers) = try suggestion(trials)
        id = try StudyStorage.insert(
          SearchTrial(
            number: trials.count, state: .running, parameters: numbers, distributions: space),
          into: study, in: database)
      }
      for (key, text) in notes { try StudyStorage.note(text, as: key, of: id, in: database) }
      return try StudyStorage.trials(of: study, in: database).first { $0.id == id }
    }
  }

  /// Adds a trial as it is, at the end.
  public func add(_ trial: SearchTrial, to study: Int64) throws(RecordsError) {
    _ = try write { database in
      var trial = trial
      trial.number = try StudyStorage.count(of: study, in: database)
      let id = try StudyStorage.insert(trial, into: study, in: database)
      if let value = trial.value { try StudyStorage.set(value, of: id, in: database) }
      for (step, value) in trial.reports {
        try StudyStorage.report(value, at: step, of: id, in: database)
      }
    }
  }

  /// Notes a value that was reported at a step, and at which rungs.
  public func report(
    _ value: Double, at step: Int, rungs: [Int: Double] = [:], of trial: Int64
  ) throws(RecordsError) {
    try write { database in
      try StudyStorage.report(value, at: step, of: trial, in: database)
      for (rung, value) in rungs {
        try StudyStorage.mark(
          "\(value)", as: "\(StudyStorage.rungPrefix)\(rung)", of: trial, in: database)
      }
    }
  }

  /// Ends a trial.
  ///
  /// - Parameters:
  ///   - state: complete, pruned or failed.
  ///   - value: the result of a complete trial, not NaN.
  public func end(
    _ trial: Int64, as state: SearchTrial.State, value: Double? = nil, notes: [String: String] = [:]
  ) throws(RecordsError) {
    try write { database in
      try StudyStorage.end(trial, as: state, in: database)
      if let value { try StudyStorage.set(value, of: trial, in: database) }
      for (key, text) in notes { try StudyStorage.note(text, as: key, of: trial, in: database) }
    }
  }

  /// Marks running trials as failed and adds a waiting one with the same values for each, as Optuna's
  /// `RetryFailedTrialCallback` does.
  ///
  /// - Parameter isLost: whether nobody works on a trial any more.
  /// - Returns: how many there were.
  @discardableResult
  public func repeatRunning(
    in study: Int64, reason: String, where isLost: (StudyTrial) -> Bool
  ) throws(RecordsError) -> Int {
    try write { database in
      let trials = try StudyStorage.trials(of: study, in: database)
      let lost = trials.filter { $0.trial.state == .running && isLost($0) }
      for (index, old) in lost.enumerated() {
        let number = trials.count + index
        try StudyStorage.end(old.id, as: .failed, in: database)
        try StudyStorage.note(reason, as: StudyTrial.Note.reason, of: old.id, in: database)
        try StudyStorage.note(
          "\(number)", as: StudyTrial.Note.repeated, of: old.id, in: database)
        var trial = SearchTrial(number: number, state: .waiting)
        (trial.parameters, trial.distributions) = (old.trial.parameters, old.trial.distributions)
        let id = try StudyStorage.insert(trial, into: study, in: database)
        let history = try StudyStorage.json([old.repeats ?? old.trial.number])
        for (key, json) in [
          ("failed_trial", "\(old.repeats ?? old.trial.number)"), ("retry_history", history),
          ("fixed_params", try StudyStorage.json(old.trial.values)),
        ] { try StudyStorage.mark(json, as: key, of: id, in: database) }
      }
      return lost.count
    }
  }

  /// The time in UTC, as Optuna writes it.
  private static var now: String {
    let time = Date().timeIntervalSince1970
    let whole = time.rounded(.down)
    let format = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt)
      .year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    let micros = Int((time - whole) * 1e6)
    return Date(timeIntervalSince1970: whole).formatted(format)
      + ".\(NumberText.padded(micros, to: 6))"
  }

  private static func count(of study: Int64, in database: Database) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT COUNT(*) FROM trials WHERE study_id = ?", arguments: [study]) ?? 0
  }

  private static func insert(
    _ trial: SearchTrial, into study: Int64, in database: Database
  ) throws -> Int64 {
    let now = now
    try database.execute(
      sql: """
        INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        trial.number, study, word(trial.state), trial.state == .waiting ? nil : now,
        trial.state.isFinished ? now : nil,
      ])
    let id = database.lastInsertedRowID
    for (name, distribution) in trial.distributions.sorted {
      guard let number = trial.parameters[name] else { continue }
      try database.execute(
        sql: """
          INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
          VALUES (?, ?, ?, ?)
          """, arguments: [id, name, number, try json(distribution)])
    }
    return id
  }

  private static func end(
    _ trial: Int64, as state: SearchTrial.State, in database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ?",
      arguments: [word(state), now, trial])
  }

  private static func set(_ value: Double, of trial: Int64, in database: Database) throws {
    precondition(!value.isNaN, "a result that is not a number")
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO trial_values (trial_id, objective, value, value_type)
        VALUES (?, 0, ?, ?)
        """, arguments: [trial, value.isFinite ? value : nil, kind(value)])
  }

  private static func report(
    _ value: Double, at step: Int, of trial: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO trial_intermediate_values
          (trial_id, step, intermediate_value, intermediate_value_type)
        VALUES (?, ?, ?, ?)
        """, arguments: [trial, step, value.isFinite ? value : nil, kind(value)])
  }

  /// Sets a user attribute.
  private static func note(
    _ text: String, as key: String, of trial: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO trial_user_attributes (trial_id, "key", value_json)
        VALUES (?, ?, ?)
        """, arguments: [trial, key, try json(text)])
  }

  /// Sets a system attribute.
  private static func mark(
    _ json: String, as key: String, of trial: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO trial_system_attributes (trial_id, "key", value_json)
        VALUES (?, ?, ?)
        """, arguments: [trial, key, json])
  }
}
