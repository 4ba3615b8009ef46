import Foundation

extension RunMetrics {
  /// The means of a swap run's results, such as `reconstruction.A.SSIM`.
  static func swap(_ results: [String: Any]) -> [Figure] {
    ["reconstruction", "groundTruth"].flatMap { part -> [Figure] in
      let table = results[part] as? [String: Any]
      let columns = table?["columns"] as? [String] ?? []
      return (table?["rows"] as? [[String: Any]] ?? []).flatMap { row in
        let name = row["metric"] as? String ?? ""
        return zip(columns, row["values"] as? [Any] ?? []).compactMap { column, value in
          ((value as? [String: Any])?["mean"] as? NSNumber).map {
            Figure(
              name: "\(part).\(column).\(name)", value: $0.doubleValue, interval: interval(value))
          }
        }
      }
    }
  }

  /// The metrics of a duel: of each generator by each detector, such as `g1.d1.roc_auc`, and of each
  /// round, such as `round2.evasion`.
  static func duel(_ results: [String: Any]) -> [Figure] {
    let (rows, columns) = (
      results["rows"] as? [String] ?? [], results["columns"] as? [String] ?? []
    )
    let tables = [
      ("matrix", "roc_auc"), ("reencoded", "reencoded.roc_auc"), ("recalls", "recall"),
    ]
    let cells = tables.flatMap { key, name in
      zip(rows, results[key] as? [[Any]] ?? []).flatMap { row, line in
        zip(columns, line).flatMap { column, cell in
          means(in: cell, "\(row).\(column).\(name)")
        }
      }
    }
    let rounds = (results["roundResults"] as? [[String: Any]] ?? []).flatMap { round in
      means(
        in: round.filter { !["round", "seconds", "curves"].contains($0.key) },
        "round\(round["round"] ?? "")")
    }
    return cells + rounds
  }

  /// The numbers in some JSON by their path, in order; a metric is one number, with its interval.
  ///
  /// An element of a list is named by its `name`, or by its place from 1.
  private static func means(in json: Any, _ path: String) -> [Figure] {
    switch json {
    case let number as NSNumber: [Figure(name: path, value: number.doubleValue)]
    case let list as [Any]:
      list.enumerated().flatMap { place, element in
        let name = (element as? [String: Any])?["name"] as? String
        return means(in: element, "\(path).\(name ?? "\(place + 1)")")
      }
    case let object as [String: Any]:
      object.filter { !["interval", "name"].contains($0.key) }.sorted { $0.key < $1.key }.flatMap {
        guard $0.key == "value" else { return means(in: $0.value, "\(path).\($0.key)") }
        return means(in: $0.value, path).map {
          Figure(name: $0.name, value: $0.value, interval: interval(object["interval"]))
        }
      }
    default: []
    }
  }
}
