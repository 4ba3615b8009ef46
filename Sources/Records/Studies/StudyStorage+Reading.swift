import Foundation
import GRDB
import Search

extension StudyStorage {
  /// All trials of a study, by number.
  public func trials(of study: Int64) throws(RecordsError) -> [StudyTrial] {
    try read { try StudyStorage.trials(of: study, in: $0) }
  }

  static func trials(of study: Int64, in database: Database) throws -> [StudyTrial] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT trial_id, number, state, datetime_start, datetime_complete FROM trials
        WHERE study_id = ? ORDER BY number LIMIT ?
        """, arguments: [study, most.trials + 1])
    guard rows.count <= most.trials else {
      throw StudyFault(reason: "it has more than \(most.trials) trials")
    }
    let values = try numbers(
      "trial_values", "value", "value_type", where: "objective = 0", of: study, in: database)
    let reports = try numbers(
      "trial_intermediate_values", "intermediate_value", "intermediate_value_type", key: "step",
      of: study, in: database)
    let parameters = try parameters(of: study, in: database)
    let notes = try attributes("user", of: study, in: database)
    let marks = try attributes("system", of: study, in: database)
    return try rows.map { row in
      let id: Int64 = row[0]
      guard let number = row[1] as Int?, let word = row[2] as String?, let state = states[word]
      else { throw StudyFault(reason: "the state of a trial is unknown") }
      var trial = SearchTrial(number: number, state: state)
      trial.value = values[id]?[0]
      trial.reports = reports[id] ?? [:]
      for (name, parameter) in parameters[id] ?? [:] {
        trial.parameters[name] = parameter.number
        trial.distributions[name] = parameter.distribution
      }
      for (key, text) in marks[id] ?? [:] where key.hasPrefix(rungPrefix) {
        guard let rung = Int(key.dropFirst(rungPrefix.count)) else { continue }
        trial.rungs[rung] = Double(text)
      }
      return StudyTrial(
        id: id, trial: trial,
        notes: (notes[id] ?? [:]).mapValues { text in
          (try? JSONDecoder().decode(String.self, from: Data(text.utf8))) ?? text
        },
        repeats: marks[id]?["failed_trial"].flatMap { Int($0) }, began: row[3], ended: row[4])
    }
  }

  /// The words for states.
  static let states: [String: SearchTrial.State] = [
    "RUNNING": .running, "WAITING": .waiting, "COMPLETE": .complete, "PRUNED": .pruned,
    "FAIL": .failed,
  ]

  /// The word for a state.
  static func word(_ state: SearchTrial.State) -> String {
    state == .failed ? "FAIL" : state.rawValue.uppercased()
  }

  /// What the system attributes for completed rungs begin with.
  static let rungPrefix = "completed_rung_"

  /// Numbers by trial and key, of which some are not finite.
  private static func numbers(
    _ table: String, _ column: String, _ kind: String, key: String = "objective",
    where condition: String = "1", of study: Int64, in database: Database
  ) throws -> [Int64: [Int: Double]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT trial_id, \(key), \(column), \(kind) FROM \(table)
        WHERE \(condition) AND trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)
        """, arguments: [study])
    var numbers: [Int64: [Int: Double]] = [:]
    while let row = try rows.next() {
      guard let trial = row[0] as Int64?, let key = row[1] as Int? else { continue }
      numbers[trial, default: [:]][key] =
        switch row[3] as String? {
        case "INF_POS": .infinity
        case "INF_NEG": -.infinity
        case "FINITE": row[2] as Double? ?? .nan
        default: .nan
        }
    }
    return numbers
  }

  /// The word for the kind of a number.
  static func kind(_ number: Double) -> String {
    number.isNaN ? "NAN" : number.isFinite ? "FINITE" : number > 0 ? "INF_POS" : "INF_NEG"
  }

  private static func parameters(
    of study: Int64, in database: Database
  ) throws -> [Int64: [String: (number: Double, distribution: ParameterDistribution)]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT trial_id, param_name, param_value, substr(distribution_json, 1, ?)
        FROM trial_params
        WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)
        """, arguments: [most.text, study])
    var parameters: [Int64: [String: (number: Double, distribution: ParameterDistribution)]] = [:]
    var known: [String: ParameterDistribution] = [:]
    while let row = try rows.next() {
      guard let trial = row[0] as Int64?, let name = row[1] as String?,
        let number = row[2] as Double?, let text = row[3] as String?
      else { throw StudyFault(reason: "a parameter of a trial is incomplete") }
      if known[text] == nil {
        guard
          let read = try? JSONDecoder().decode(ParameterDistribution.self, from: Data(text.utf8)),
          read.fault == nil
        else {
          throw StudyFault(
            reason: "the distribution of parameter '\(name.prefix(100))' cannot be read")
        }
        known[text] = read
      }
      guard let distribution = known[text], distribution.isRepresentable(number) else {
        throw StudyFault(reason: "a value of parameter '\(name.prefix(100))' is impossible")
      }
      parameters[trial, default: [:]][name] = (number, distribution)
    }
    return parameters
  }

  /// Attributes of trials, as JSON.
  private static func attributes(
    _ kind: String, of study: Int64, in database: Database
  ) throws -> [Int64: [String: String]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT trial_id, "key", substr(value_json, 1, ?) FROM trial_\(kind)_attributes
        WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)
        """, arguments: [most.text, study])
    var attributes: [Int64: [String: String]] = [:]
    while let row = try rows.next() {
      guard let trial = row[0] as Int64?, let key = row[1] as String? else { continue }
      attributes[trial, default: [:]][key] = row[2] as String? ?? ""
    }
    return attributes
  }
}

extension ParameterDistribution {
  /// True for a number that can be shown: an old trial's may lie outside a narrowed range.
  fileprivate func isRepresentable(_ number: Double) -> Bool {
    switch self {
    case .float: number.isFinite
    case .int: number.isFinite && abs(number) < 0x1p53
    case .categorical: contains(number)
    }
  }
}
