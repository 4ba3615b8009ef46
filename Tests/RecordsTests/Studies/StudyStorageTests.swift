import Foundation
import GRDB
import Search
import TestSupport
import Testing

@testable import Records

@Suite struct StudyStorageTests {
  private let folder: TemporaryFolder
  private let path: String
  private static let space: SearchSpace = [
    "rate": .float(low: 1e-5, high: 1e-2, isLog: true), "batch": .int(low: 16, high: 64, step: 16),
    "optimizer": .categorical([.word("sgd"), .word("adamw"), .nothing]),
    "dropout": .float(low: 0.2, high: 0.7, step: 0.1),
  ]

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("study.sqlite")
  }

  /// A study with trials of each state.
  private func filled() throws -> (storage: StudyStorage, study: Int64) {
    let storage = try StudyStorage(at: path)
    let study = try storage.study(named: "rates", .maximize, notes: ["detector": "cnn-bn"])
    for number in 0..<6 {
      let begun = try #require(
        try storage.begin(in: study, most: 100, notes: ["worker": "w"]) { trials in
          #expect(trials.count == number)
          return (
            StudyStorageTests.space,
            ["rate": 1e-4 * Double(number + 1), "batch": 32, "optimizer": 1, "dropout": 0.3]
          )
        })
      #expect(begun.trial.number == number && begun.trial.state == .running)
      try storage.report(0.5, at: 1, of: begun.id)
      try storage.report(number == 2 ? .nan : 0.6, at: 2, rungs: [0: 0.6], of: begun.id)
      switch number {
      case 3: try storage.end(begun.id, as: .pruned)
      case 4: try storage.end(begun.id, as: .failed, notes: ["reason": "not finite"])
      case 5: break
      default: try storage.end(begun.id, as: .complete, value: 0.7 + 0.01 * Double(number))
      }
    }
    return (storage, study)
  }

  @Test func trialsAreReadAsTheyWereWritten() throws {
    let (storage, study) = try filled()
    let trials = try storage.trials(of: study)
    #expect(
      trials.map(\.trial.state) == [.complete, .complete, .complete, .pruned, .failed, .running])
    #expect(trials[1].trial.values["optimizer"] == .word("adamw"))
    #expect(trials[1].trial.values["batch"] == .whole(32))
    #expect(trials[1].trial.distributions == StudyStorageTests.space)
    #expect(trials[1].trial.reports == [1: 0.5, 2: 0.6] && trials[1].trial.rungs == [0: 0.6])
    #expect(trials[2].trial.reports[2]?.isNaN == true)
    #expect(trials[4].notes["reason"] == "not finite")
    #expect(trials.map(\.trial).best(.maximize)?.number == 2)
    let again = try StudyStorage(reading: path)
    #expect(try again.studies == ["rates"])
    #expect(try again.study(named: "rates") == study)
    #expect(try again.direction(of: study) == .maximize)
    #expect(try again.trials(of: study).count == 6)
  }

  @Test func aLostTrialIsFailedAndRepeatedOnce() throws {
    let (storage, study) = try filled()
    #expect(try storage.repeatRunning(in: study, reason: "killed") { _ in true } == 1)
    #expect(try storage.repeatRunning(in: study, reason: "killed") { _ in true } == 0)
    var trials = try storage.trials(of: study)
    #expect(trials[5].trial.state == .failed && trials[5].notes["reason"] == "killed")
    #expect(trials[6].trial.state == .waiting && trials[6].repeats == 5)
    #expect(trials[6].trial.values == trials[5].trial.values)
    #expect(trials.counted.count == 6)
    let begun = try storage.begin(in: study, most: 6, notes: [:]) { _ in
      Issue.record("a waiting trial comes first")
      return ([:], [:])
    }
    #expect(begun?.trial.number == 6)
    let none = try storage.begin(in: study, most: 6, notes: [:]) { _ in
      Issue.record("enough trials count")
      return ([:], [:])
    }
    #expect(none == nil)
    trials = try storage.trials(of: study)
    #expect(trials[6].trial.state == .running)
  }

  @Test func severalProcessesMayWriteAtOnce() async throws {
    let study = try StudyStorage(at: path).study(named: "s", .maximize)
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let storage = try StudyStorage(at: path)
          for _ in 0..<5 {
            let begun = try storage.begin(in: study, most: 100, notes: [:]) { _ in
              (["x": .float(low: 0, high: 1)], ["x": 0.5])
            }
            if let begun { try storage.end(begun.id, as: .complete, value: 1) }
          }
        }
      }
      try await group.waitForAll()
    }
    let trials = try StudyStorage(reading: path).trials(of: study)
    #expect(trials.map(\.trial.number) == Array(0..<20))
    #expect(trials.allSatisfy { $0.trial.state == .complete })
  }

  @Test func otherFilesAreRefusedInWords() throws {
    func error(_ reason: String) -> RecordsError { .brokenStudy(path: path, reason: reason) }
    #expect(throws: error("there is no such file")) { _ = try StudyStorage(reading: path) }
    try Data("not a database, but long enough to be taken for one".utf8)
      .write(to: URL(filePath: path))
    #expect(throws: error("file is not a database")) { _ = try StudyStorage(at: path) }
    #expect(
      error("file is not a database").description
        == "Cannot use study '\(path)': file is not a database. Restore the file from a copy, or move it away and search anew."
    )
  }

  @Test func newerAndForeignDatabasesAreRefusedInWords() throws {
    let (storage, study) = try filled()
    func change(_ sql: String) throws {
      try storage.write { try $0.execute(sql: sql) }
    }
    func error(_ reason: String) -> RecordsError { .brokenStudy(path: path, reason: reason) }
    try change("UPDATE trial_params SET distribution_json = '{}' WHERE param_name = 'rate'")
    #expect(throws: error("the distribution of parameter 'rate' cannot be read")) {
      _ = try storage.trials(of: study)
    }
    try change("DELETE FROM trial_params WHERE param_name = 'rate'")
    try change("UPDATE trial_params SET param_value = 9 WHERE param_name = 'optimizer'")
    #expect(throws: error("a value of parameter 'optimizer' is impossible")) {
      _ = try storage.trials(of: study)
    }
    try change("UPDATE trials SET state = 'LOST'")
    #expect(throws: error("a value of parameter 'optimizer' is impossible")) {
      _ = try storage.trials(of: study)
    }
    try change("UPDATE alembic_version SET version_num = 'v9'")
    #expect(
      throws: error("its form 'v9' is not the one of Optuna 3.2 to 5.0, 'v3.2.0.a'")
    ) { _ = try StudyStorage(at: path) }
    try change("DROP TABLE alembic_version")
    #expect(throws: error("it is not an Optuna storage")) { _ = try StudyStorage(reading: path) }
  }

  @Test(
    .enabled(
      if: TestPython.hasOptuna,
      "no optuna in Python: 'make test' fetches it, DFLAB_PYTHON names another"))
  func optunaReadsAndContinuesAStudy() throws {
    let (storage, study) = try filled()
    try storage.repeatRunning(in: study, reason: "killed") { _ in true }
    let script = """
      import sys, json, optuna
      optuna.logging.set_verbosity(optuna.logging.ERROR)
      url = "sqlite:///" + sys.argv[1]
      study = optuna.load_study(study_name="rates", storage=url)
      trials = study.get_trials()
      def objective(trial):
        rate = trial.suggest_float("rate", 1e-5, 1e-2, log=True)
        trial.suggest_int("batch", 16, 64, step=16)
        trial.suggest_categorical("optimizer", ["sgd", "adamw", None])
        trial.suggest_float("dropout", 0.2, 0.7, step=0.1)
        trial.report(float("inf"), 1)
        return rate
      study.optimize(objective, n_trials=2)
      print(json.dumps({
        "states": [t.state.name for t in trials],
        "direction": study.direction.name,
        "best": [study.best_trial.number, study.best_value],
        "params": trials[1].params,
        "distributions": sorted(str(d) for d in trials[1].distributions.values()),
        "reports": [list(trials[1].intermediate_values.items())],
        "notes": study.user_attrs,
        "began": trials[0].datetime_start is not None and trials[0].duration.total_seconds() >= 0,
        "fixed": trials[6].system_attrs["fixed_params"]["optimizer"],
        "retried": trials[6].system_attrs["failed_trial"],
      }))
      """
    struct Answer: Decodable {
      let states: [String]
      let direction: String
      let best: [Double]
      let distributions: [String]
      let notes: [String: String]
      let began: Bool
      let fixed: String
      let retried: Int
    }
    let answer = try JSONDecoder().decode(
      Answer.self, from: try TestPython.run(script, [path]))
    #expect(
      answer.states
        == ["COMPLETE", "COMPLETE", "COMPLETE", "PRUNED", "FAIL", "FAIL", "WAITING"])
    #expect(answer.direction == "MAXIMIZE" && answer.best == [2, 0.72])
    #expect(
      answer.distributions == [
        "CategoricalDistribution(choices=('sgd', 'adamw', None))",
        "FloatDistribution(high=0.01, log=True, low=1e-05, step=None)",
        "FloatDistribution(high=0.7, log=False, low=0.2, step=0.1)",
        "IntDistribution(high=64, log=False, low=16, step=16)",
      ])
    #expect(answer.notes == ["detector": "cnn-bn"] && answer.began)
    #expect(answer.fixed == "adamw" && answer.retried == 5)
    // What Optuna added: the waiting trial with its values, and a new one.
    let trials = try storage.trials(of: study)
    #expect(trials.count == 8 && trials[6].trial.state == .complete)
    #expect(abs((trials[6].trial.value ?? 0) - 6e-4) < 1e-12)
    #expect(trials[7].trial.reports == [1: .infinity])
    #expect(Set(trials[7].trial.parameters.keys) == Set(StudyStorageTests.space.keys))
  }
}
