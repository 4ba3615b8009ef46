import Foundation

/// The numbers in a run's log and results.
enum RunMetrics {
  /// All numbers in the complete lines of `log.jsonl`.
  ///
  /// The detector of a line, if any, is the first component of the name.
  static func logged(_ log: Data, by run: String) -> [MetricRow] {
    guard let end = log.lastIndex(of: 0x0A) else { return [] }
    return log[..<end].split(separator: 0x0A).flatMap { line -> [MetricRow] in
      guard let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
        return []
      }
      let iteration = (object["iteration"] as? NSNumber)?.intValue
      let seconds = (object["seconds"] as? NSNumber)?.doubleValue
      let prefix = (object["detector"] as? String).map { "\($0)." } ?? ""
      let rest = object.filter { !["iteration", "seconds", "detector"].contains($0.key) }
      return numbers(in: rest, prefix).map {
        MetricRow(run: run, name: $0.name, iteration: iteration, seconds: seconds, value: $0.value)
      }
    }
  }

  /// The metrics of `results.json`: per frame and per clip of each detector on each dataset; of
  /// each classifier for a cross-validation; all means for a swap run or a duel.
  static func final(_ results: Data?, of run: String) -> [MetricRow] {
    guard let results,
      let object = try? JSONSerialization.jsonObject(with: results) as? [String: Any]
    else { return [] }
    var found = metrics(object["detectors"], "")
    for set in object["sets"] as? [[String: Any]] ?? [] {
      found += metrics(set["detectors"], "\(set["name"] as? String ?? "").")
    }
    for tried in object["classifiers"] as? [[String: Any]] ?? [] {
      let name = tried["classifier"] as? String ?? ""
      let accuracy = (tried["accuracy"] as? [String: Any])?["value"] as? NSNumber
      let numbers = [("accuracy", accuracy), ("roc_auc", tried["auc"] as? NSNumber)]
      found += numbers.compactMap { number in
        number.1.map { Figure(name: "\(name).\(number.0)", value: $0.doubleValue) }
      }
    }
    found += swap(object) + duel(object)
    return found.map {
      MetricRow(
        run: run, name: $0.name, iteration: nil, seconds: nil, value: $0.value,
        low: $0.interval?.lowerBound, high: $0.interval?.upperBound)
    }
  }

  /// A number of a result.
  struct Figure {
    let name: String
    let value: Double
    /// Its 95 % interval; nil if unknown.
    var interval: ClosedRange<Double>?
  }

  private static func metrics(_ detectors: Any?, _ prefix: String) -> [Figure] {
    (detectors as? [[String: Any]] ?? []).flatMap { detector in
      let name = detector["name"] as? String ?? ""
      return ["frames", "clips"].flatMap { level -> [Figure] in
        let metrics = (detector[level] as? [String: Any])?["metrics"] as? [String: Any] ?? [:]
        return metrics.sorted { $0.key < $1.key }.compactMap { metric, estimate in
          let estimate = estimate as? [String: Any]
          return (estimate?["value"] as? NSNumber).map {
            Figure(
              name: "\(prefix)\(name).\(level).\(metric)", value: $0.doubleValue,
              interval: interval(estimate?["interval"]))
          }
        }
      }
    }
  }

  /// The interval in an object with `low` and `high`.
  static func interval(_ json: Any?) -> ClosedRange<Double>? {
    let object = json as? [String: Any]
    guard let low = (object?["low"] as? NSNumber)?.doubleValue,
      let high = (object?["high"] as? NSNumber)?.doubleValue, low <= high
    else { return nil }
    return low...high
  }

  /// The numbers in an object by path, sorted.
  private static func numbers(
    in object: [String: Any], _ prefix: String
  ) -> [(name: String, value: Double)] {
    object.sorted { $0.key < $1.key }.flatMap { key, value in
      if let inner = value as? [String: Any] { return numbers(in: inner, "\(prefix)\(key).") }
      return (value as? NSNumber).map { [("\(prefix)\(key)", $0.doubleValue)] } ?? []
    }
  }
}
