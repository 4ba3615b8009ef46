import Detection
import Records

extension DuelRun {
  /// Scores every detector so far on every generator so far, where that is not done yet.
  mutating func test(_ step: DuelStep) throws -> String {
    var bench = CrossEvaluation(self, step)
    let round = step.round
    let (mine, control) = (DuelGenerator.round(round), DuelGenerator.control(round))
    let (newest, last) = (DuelDetector.round(round), DuelDetector.round(round - 1))
    let detectors = [DuelDetector.reference] + (1...round).map(DuelDetector.round)
    let anchors: [DuelGenerator] =
      state.settings.external == nil ? [.reference] : [.reference, .external]
    let earlier = (1..<round).flatMap(DuelGenerator.all(of:))
    var cells = (earlier + anchors).map { DuelCell($0, newest) }
    for column in detectors {
      cells += DuelGenerator.all(of: round).map { DuelCell($0, column) }
    }
    if round == 1 { cells += anchors.map { DuelCell($0, .reference) } }
    var result = DuelTest()
    for cell in cells {
      guard !interruption.isAsked else { throw DuelInterrupted() }
      result.cells.append(try bench.cell(cell))
    }
    if round > 1 {
      result.evasion = try detectors.dropLast().map { column in
        DuelTest.Difference(
          about: column,
          change: try bench.difference(DuelCell(control, column), DuelCell(mine, column)))
      }
      result.recovery = try bench.difference(DuelCell(mine, newest), DuelCell(mine, last))
      result.retention = try (1..<round).map { earlier in
        let generator = DuelGenerator.round(earlier)
        return DuelTest.Difference(
          about: generator,
          change: try bench.difference(
            DuelCell(generator, newest), DuelCell(generator, .round(earlier))))
      }
    }
    let curves =
      [DuelCell(mine, newest)]
      + (round > 1 ? [DuelCell(mine, last), DuelCell(control, last)] : [])
    result.curves = try curves.map { try bench.curve($0) }
    state.tests[step.key] = result
    let own = result.cells.first { $0.row == mine && $0.column == newest }
    let old = result.cells.first { $0.row == mine && $0.column == last }
    return "ROC AUC on g\(round): \(newest) \(MetricTables.text(own?.auc))"
      + (old.map { ", d\(round - 1) \(MetricTables.text($0.auc))" } ?? "")
  }
}
