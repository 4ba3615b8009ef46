public import Detection
import Foundation
import Records

/// Metrics as reports and terminals write them.
enum MetricTables {
  /// The metric with its interval; a dash where there is none.
  static func text(_ metric: MetricEstimate?) -> String { metric?.text ?? "–" }

  /// A row for each metric, a column for each detector and for the constant baseline.
  ///
  /// - Parameter name: what a detector is called.
  static func metrics(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportTable {
    ReportTable(
      ["metric"] + detectors.map(name) + ["constant baseline"],
      Metric.allCases.map { metric in
        [metric.title] + detectors.map { text($0.frames.metrics[metric]) }
          + [text(detectors.first?.frames.constant[metric])]
      } + [["threshold"] + detectors.map { NumberText.fixed($0.threshold, 3) } + ["–"]])
  }

  /// The operating point of each detector, and the samples that it is not applicable to.
  static func points(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> [String] {
    detectors.map { detector in
      let lacks = (detector.notApplicable ?? [:]).sorted { $0.key < $1.key }.map {
        "; not applicable to \($0.value) \($0.value == 1 ? "sample" : "samples"): \($0.key)"
      }
      return "\(name(detector)): \(detector.operatingPoint)" + lacks.joined()
    }
  }

  /// How the metrics are defined.
  static let definitions = """
    Fake is the positive class. Accuracy, balanced accuracy, precision, recall, F1, ROC AUC, average \
    precision, Brier score and log loss are defined as in scikit-learn. The equal error rate (EER) is \
    where the linearly interpolated ROC curve has equal false positive and false negative rates. The \
    expected calibration error (ECE) is that of Guo et al. (2017), of the probability of fake in 15 bins \
    of equal width.
    """

  /// The verdicts of each detector on the videos of a dataset.
  static func verdicts(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportTable {
    ReportTable(
      [
        "detector", "real videos", "called fake (95 % CI)", "undecided", "fake videos",
        "called real (95 % CI)", "undecided",
      ],
      detectors.map { detector in
        let rates = detector.verdicts
        return [
          name(detector), "\(rates.falseAlarms.total)", rates.falseAlarms.text,
          rates.undecidedReal.text, "\(rates.misses.total)", rates.misses.text,
          rates.undecidedFake.text,
        ]
      })
  }

  /// The fake videos of each method that get the verdict real, by detector.
  static func misses(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> ReportTable {
    let methods = Set(detectors.flatMap(\.verdicts.missesByMethod.keys)).sorted()
    return ReportTable(
      ["method", "fake videos"] + detectors.map { "called real by \(name($0)) (95 % CI)" },
      methods.map { method in
        let shares = detectors.map { $0.verdicts.missesByMethod[method] }
        return [method, "\(shares.compactMap { $0?.total }.max() ?? 0)"]
          + shares.map { $0?.text ?? "–" }
      })
  }

  /// What the tables of verdicts show.
  static let verdictsAbout = """
    The verdict on a video rests on its mean score: fake at and above one limit, real below another, \
    undecided between them. The limits were selected on validation videos so that each error stays at \
    or below 5 %. Intervals are Clopper and Pearson's, over videos.
    """

  /// The metrics of each detector by subgroup of people, with the gaps between subgroups; nothing where
  /// the dataset knows no attributes of its people.
  ///
  /// - Parameter name: what a detector is called.
  static func subgroups(
    _ detectors: [DetectorMetrics], _ name: (DetectorMetrics) -> String = \.name
  ) -> [ReportPage.Block] {
    var rows: [[String]] = []
    for detector in detectors {
      for attribute in detector.subgroups ?? [] {
        let first = [name(detector), attribute.attribute]
        for group in attribute.subgroups {
          let counts = [group.identities, group.real, group.fake].map(String.init)
          rows.append(first + [group.value] + counts + texts(group.metrics))
        }
        rows.append(first + ["gap", "", "", ""] + texts(attribute.gaps))
      }
    }
    guard !rows.isEmpty else { return [] }
    let table = ReportTable(
      [
        "detector", "attribute", "subgroup", "identities", "real", "fake", "ROC AUC (95 % CI)",
        "real called fake (95 % CI)", "fake called real (95 % CI)",
      ], rows)
    return [.heading("Subgroups of people"), .paragraph(subgroupsAbout), .table(table)]
  }

  private static func texts(_ metrics: SubgroupMetrics.Metrics) -> [String] {
    [metrics.auc, metrics.falsePositives, metrics.falseNegatives].map(text)
  }

  /// What the table of subgroups shows.
  private static let subgroupsAbout = """
    Per sample, by what 'people.csv' says of the person of the original picture, at the threshold of all \
    people. A gap is the highest value minus the lowest, with the interval of the difference between \
    these two subgroups; one that includes 0 shows no difference. The two were picked for their values, \
    so the interval is somewhat too narrow. 95 % CI by bootstrap over source clips.
    """

  static func confusion(_ detectors: [DetectorMetrics]) -> ReportTable {
    ReportTable(
      ["detector", "true positives", "false negatives", "false positives", "true negatives"],
      detectors.map {
        let matrix = $0.frames.confusion
        return [$0.name]
          + [
            matrix.truePositives, matrix.falseNegatives, matrix.falsePositives,
            matrix.trueNegatives,
          ].map(String.init)
      })
  }

  static func clips(_ detectors: [DetectorMetrics]) -> ReportTable {
    ReportTable(
      [
        "detector", "groups", "ROC AUC (mean score)", "balanced accuracy (mean score)",
        "ROC AUC (share of frames at or above the threshold)",
      ],
      detectors.compactMap { detector in
        guard let clips = detector.clips else { return nil }
        return [
          detector.name, "\(clips.balance.count)", text(clips.metrics[.rocAUC]),
          text(clips.metrics[.balancedAccuracy]), text(detector.clipsByShare?.metrics[.rocAUC]),
        ]
      })
  }

  static func audit(_ audit: AuditReport) -> ReportTable {
    ReportTable(
      ["baseline", "ROC AUC (95 % CI)", ""],
      audit.baselines.map { baseline in
        let interval =
          baseline.low.flatMap { low in
            baseline.high.map { " (\(NumberText.fixed(low, 3)) to \(NumberText.fixed($0, 3)))" }
          } ?? ""
        return [baseline.name, NumberText.fixed(baseline.auc, 3) + interval, state(baseline)]
      })
  }

  /// Whether a dataset's labels leak, and how that was measured.
  static func leaks(_ audit: AuditReport) -> String {
    if let reason = audit.reason { return "Not measured: \(reason)" }
    let leaks = audit.leaks.map(\.name)
    let result =
      leaks.isEmpty
      ? "All baselines are \(AuditReport.chance)."
      : "LEAK: \(leaks.joined(separator: ", ")). A detector may rely on these instead of the forgery."
    return """
      \(result) A shortcut baseline is a logistic regression on one property that should not reveal the \
      label: file size, dimensions, JPEG tables, metadata (its length in bytes), border pixels (the colors \
      of the outer \(ShortcutFeatures.border) pixels) or mean color (of the whole picture, face included). \
      Cross-validated over identities on \(audit.samples) samples; 95 % CI by bootstrap over identities.
      """
  }

  /// ROC AUC of each shortcut baseline, as bars with intervals.
  static func chart(of audit: AuditReport) -> ReportChart {
    let ends = audit.baselines.flatMap { [$0.auc, $0.low, $0.high].compactMap(\.self) }
    let (low, high) = (ends.min() ?? 0.5, ends.max() ?? 0.5)
    return ReportChart(
      "shortcuts", "ROC AUC of shortcut baselines with 95 % CI. Dashed line: chance.",
      BarChart(
        title: "Shortcut baselines",
        axis: ChartAxis("ROC AUC", max(0, min(0.4, low - 0.02))...min(1, max(0.6, high + 0.02))),
        bars: audit.baselines.map { baseline in
          let interval = baseline.low.flatMap { low in baseline.high.map { low...max(low, $0) } }
          return BarChart.Bar(
            name: baseline.name, value: baseline.auc, interval: interval,
            note: "\(NumberText.fixed(baseline.auc, 3)) \(state(baseline))")
        }, guide: 0.5, origin: 0.5
      ).drawing)
  }

  private static func state(_ baseline: AuditReport.Baseline) -> String {
    baseline.isAtChance ? "at chance" : "LEAK"
  }

  /// Such as "50 %".
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  static func number(_ value: Double, _ decimals: Int) -> String {
    NumberText.fixed(value, decimals)
  }
}

extension MetricEstimate {
  /// Such as "0.973 (0.961 to 0.984)"; a dash where it is not defined.
  public var text: String {
    guard let value else { return "–" }
    let number = NumberText.fixed(value, 3)
    guard let interval else { return number }
    return
      "\(number) (\(NumberText.fixed(interval.low, 3)) to \(NumberText.fixed(interval.high, 3)))"
  }
}
