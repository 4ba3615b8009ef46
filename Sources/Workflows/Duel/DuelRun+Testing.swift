import Detection
import Records

extension DuelRun {
  /// Scores every detector so far on every generator so far, where that is not done yet.
  mutating func test(_ step: DuelStep) throws -> String {
    var bench = CrossEvaluation(self, step)
    let (round, newest) = (step.round, "d\(step.round)")
    let detectors = ["reference"] + (1...round).map { "d\($0)" }
    let anchors = ["reference"] + (state.settings.external == nil ? [] : ["external"])
    var cells: [(row: String, column: String)] = []
    let earlier = (1..<round).flatMap { $0 > 1 ? ["g\($0)", "c\($0)"] : ["g1"] }
    for row in earlier + anchors { cells.append((row, newest)) }
    for column in detectors {
      cells.append(("g\(round)", column))
      if round > 1 { cells.append(("c\(round)", column)) }
    }
    if round == 1 { cells += anchors.map { ($0, "reference") } }
    var result = DuelTest()
    for (row, column) in cells {
      guard !interruption.isAsked else { throw DuelInterrupted() }
      result.cells.append(try bench.cell(row, column))
    }
    if round > 1 {
      result.evasion = try detectors.dropLast().map { column in
        DuelTest.Difference(
          about: column,
          change: try bench.difference(("c\(round)", column), ("g\(round)", column)))
      }
      result.recovery = try bench.difference(
        ("g\(round)", newest), ("g\(round)", "d\(round - 1)"))
      result.retention = try (1..<round).map { earlier in
        DuelTest.Difference(
          about: "g\(earlier)",
          change: try bench.difference(("g\(earlier)", newest), ("g\(earlier)", "d\(earlier)")))
      }
    }
    let curves =
      [("g\(round)", newest)]
      + (round > 1 ? [("g\(round)", "d\(round - 1)"), ("c\(round)", "d\(round - 1)")] : [])
    result.curves = try curves.map { try bench.curve($0, $1) }
    state.tests[step.key] = result
    let own = result.cells.first { $0.row == "g\(round)" && $0.column == newest }
    let old = result.cells.first { $0.row == "g\(round)" && $0.column == "d\(round - 1)" }
    return "ROC AUC on g\(round): \(newest) \(MetricTables.text(own?.auc))"
      + (old.map { ", d\(round - 1) \(MetricTables.text($0.auc))" } ?? "")
  }
}
