/// A comparison of runs: different settings, and results.
public struct RunComparison: Encodable, Equatable, Sendable {
  /// A setting or number of each run; nil if a run has none.
  public struct Line: Encodable, Equatable, Sendable {
    public let name: String
    public let values: [String?]
  }

  /// The runs' names.
  public let runs: [String]
  /// The settings that differ, by path.
  public let settings: [Line]
  /// The last value of each number, with its 95 % interval where that is known.
  public let metrics: [Line]
}

extension Registry {
  /// Compares some runs.
  ///
  /// - Parameter names: at least two.
  public func compare(_ names: [String]) throws(RecordsError) -> RunComparison {
    var runs: [RunSummary] = []
    var metrics: [[String: String]] = []
    for name in names {
      let run = try run(named: name)
      runs.append(run)
      let own = try finalMetrics(of: run.home).map { ($0.name, $0.text) }
      metrics.append(Dictionary(own, uniquingKeysWith: { _, last in last }))
    }
    func lines(_ all: [[String: String]]) -> [RunComparison.Line] {
      Set(all.flatMap(\.keys)).sorted().map { name in
        RunComparison.Line(name: name, values: all.map { $0[name] })
      }
    }
    return RunComparison(
      runs: runs.map(\.name),
      settings: lines(
        runs.map { run in run.settings.merging(["command": run.command]) { own, _ in own } }
      ).filter { Set($0.values).count > 1 },
      metrics: lines(metrics))
  }
}
