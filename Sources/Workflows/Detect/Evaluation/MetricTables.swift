public import Detection
import Foundation
import Records

/// Figures as reports and terminals write them.
enum MetricTables {
  /// The figure in words, or a dash where there is none.
  static func text(_ figure: MetricEstimate?) -> String { figure?.text ?? "–" }

  /// A row for each metric, a column for each detector, and what a constant answer gets.
  ///
  /// - Parameter name: what a detector is called.
  static func metrics(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportTable {
    ReportTable(
      [""] + detectors.map(name) + ["constant"],
      Metric.allCases.map { metric in
        [metric.title] + detectors.map { text($0.frames.figures[metric]) }
          + [text(detectors.first?.frames.constant[metric])]
      } + [["threshold"] + detectors.map { number($0.threshold, 3) } + ["–"]])
  }

  static func confusion(_ detectors: [DetectorMetrics]) -> ReportTable {
    ReportTable(
      ["told", "fake as fake", "fake as real", "real as fake", "real as real"],
      detectors.map {
        let matrix = $0.frames.confusion
        return [$0.name]
          + [
            matrix.fakeCalledFake, matrix.fakeCalledReal, matrix.realCalledFake,
            matrix.realCalledReal,
          ].map(String.init)
      })
  }

  static func clips(_ detectors: [DetectorMetrics]) -> ReportTable {
    ReportTable(
      ["", "clips", "ROC AUC of the mean", "balanced accuracy", "ROC AUC of the share"],
      detectors.compactMap { detector in
        guard let clips = detector.clips else { return nil }
        return [
          detector.name, "\(clips.balance.count)", text(clips.figures[.rocAUC]),
          text(clips.figures[.balancedAccuracy]), text(detector.clipsByShare?.figures[.rocAUC]),
        ]
      })
  }

  static func audit(_ audit: AuditReport) -> ReportTable {
    ReportTable(
      ["shortcut", "ROC AUC", ""],
      audit.shortcuts.map { shortcut in
        let interval =
          shortcut.low.flatMap { low in
            shortcut.high.map { " (\(number(low, 3)) to \(number($0, 3)))" }
          } ?? ""
        return [
          shortcut.name, number(shortcut.auc, 3) + interval, shortcut.isClosed ? "closed" : "OPEN",
        ]
      })
  }

  /// What each shortcut gets, as bars with intervals.
  static func chart(of audit: AuditReport) -> ReportChart {
    let ends = audit.shortcuts.flatMap { [$0.auc, $0.low, $0.high].compactMap(\.self) }
    let (low, high) = (ends.min() ?? 0.5, ends.max() ?? 0.5)
    return ReportChart(
      "audit",
      "How far from chance, the dashed line, each shortcut gets, with its 95 % interval.",
      BarChart(
        title: "ROC AUC of shortcuts",
        axis: ChartAxis("ROC AUC", max(0, min(0.4, low - 0.02))...min(1, max(0.6, high + 0.02))),
        bars: audit.shortcuts.map { shortcut in
          let interval = shortcut.low.flatMap { low in shortcut.high.map { low...max(low, $0) } }
          return BarChart.Bar(
            name: shortcut.name, value: shortcut.auc, interval: interval,
            note: "\(number(shortcut.auc, 3)) \(shortcut.isClosed ? "closed" : "OPEN")")
        }, guide: 0.5, origin: 0.5
      ).drawing)
  }

  static func number(_ value: Double, _ decimals: Int) -> String {
    NumberText.fixed(value, decimals)
  }
}

extension MetricEstimate {
  /// Such as "0.973 (0.961 to 0.984)"; a dash where it is not defined.
  public var text: String {
    guard let value else { return "–" }
    let number = MetricTables.number(value, 3)
    guard let interval else { return number }
    return
      "\(number) (\(MetricTables.number(interval.low, 3)) to \(MetricTables.number(interval.high, 3)))"
  }
}
