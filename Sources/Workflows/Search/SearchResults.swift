import Detection
import Foundation
import Records
import Search

/// `results.json` of a search: all that its report shows.
public struct SearchResults: Codable, Equatable, Sendable {
  /// The name of the run.
  public let run: String
  /// The version of dflab.
  public let version: String
  /// The command that repeats the search.
  public let line: String
  /// What the recipe is for.
  public let about: String
  public let detector: String
  /// The dataset, and the numbers of samples.
  public let data: String
  public let training, validation: Int
  public let phases: [Phase]
  /// The best values, by parameter; those of fixed settings too.
  public let winner: [String: String]
  public let comparison: Comparison

  /// What a phase found.
  public struct Phase: Codable, Equatable, Sendable {
    public let name: String
    /// The searched ranges, in words, by parameter.
    public let ranges: [String: String]
    public let trials: [Trial]
    /// The share of the results' variance that each parameter explains; 0…1.
    public let importances: [String: Double]
    /// The number of the best trial.
    public let best: Int
  }

  /// A trial.
  public struct Trial: Codable, Equatable, Sendable {
    public let number: Int
    /// `complete`, `pruned` or `failed`.
    public let state: String
    /// The ROC AUC on validation samples; of a pruned trial, the last report.
    public let value: Double?
    /// The last report, from 1.
    public let report: Int?
    public let values: [String: String]
    /// The position of each value in its range, 0…1.
    public let places: [String: Double]
    public let seconds: Double?
    public let reason: String?
  }

  /// The winner and the default, trained again.
  public struct Comparison: Codable, Equatable, Sendable {
    public let seeds: [UInt64]
    /// The ROC AUC on the validation split, by seed; nil for a training that failed.
    public let winner, usual: [Double?]
    /// The winner's mean and the default's.
    public let winnerMean, usualMean: Double?
    /// The mean of the differences by seed, with its 95 % interval.
    public let difference, low, high: Double?
    /// What that means, in sentences.
    public let verdict: String

    init(seeds: [UInt64], winner: [Double?], usual: [Double?]) {
      (self.seeds, self.winner, self.usual) = (seeds, winner, usual)
      func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
      winnerMean = mean(winner.compactMap(\.self))
      usualMean = mean(usual.compactMap(\.self))
      let differences = zip(winner, usual).compactMap { one, other in
        one.flatMap { one in other.map { one - $0 } }
      }
      difference = mean(differences)
      let interval = StudentInterval.of(differences)
      (low, high) = (interval?.low, interval?.high)
      verdict = Comparison.verdict(difference, interval, of: differences.count)
    }

    private static func verdict(
      _ difference: Double?, _ interval: MetricEstimate.Interval?, of count: Int
    ) -> String {
      guard let difference, let interval else {
        return
          "Fewer than two pairs of trainings succeeded, so that the settings cannot be compared."
      }
      let range =
        "(95 % interval \(NumberText.fixed(interval.low, 3)) to \(NumberText.fixed(interval.high, 3)), \(count) seeds)"
      let size = NumberText.fixed(abs(difference), 3)
      if interval.low > 0 {
        return "The winner's ROC AUC is higher than the default's by \(size) \(range)."
      }
      if interval.high < 0 {
        return
          "The winner's ROC AUC is lower than the default's by \(size) \(range): its trial was lucky."
      }
      return
        "The winner's ROC AUC is \(difference < 0 ? "lower" : "higher") than the default's by \(size) \(range). The interval contains 0, so that luck may explain the difference."
    }
  }

  /// The results at `path`; nil if there is no file, or it is not of a search.
  static func read(at path: String) throws -> SearchResults? {
    guard let data = try RunFolder.contents(of: path) else { return nil }
    return try? JSONDecoder().decode(SearchResults.self, from: data)
  }
}

extension ParameterDistribution {
  /// The range in words.
  var text: String {
    switch self {
    case .float(let low, let high, let step, let isLog):
      "\(SearchValue.number(low))…\(SearchValue.number(high))"
        + (step.map { ", step \(SearchValue.number($0))" } ?? "")
        + (isLog ? ", logarithmic" : "")
    case .int(let low, let high, let step, let isLog):
      "\(low)…\(high)" + (step > 1 ? ", step \(step)" : "") + (isLog ? ", logarithmic" : "")
    case .categorical(let choices): choices.map(\.text).joined(separator: ", ")
    }
  }

  /// The position of a number in the range, 0…1; ½ if there is one value alone.
  func place(of number: Double) -> Double {
    func place(_ low: Double, _ high: Double, _ isLog: Bool) -> Double {
      guard high > low else { return 0.5 }
      let share =
        isLog ? log(number / low) / log(high / low) : (number - low) / (high - low)
      return min(max(share, 0), 1)
    }
    switch self {
    case .float(let low, let high, _, let isLog): return place(low, high, isLog)
    case .int(let low, let high, _, let isLog): return place(Double(low), Double(high), isLog)
    case .categorical(let choices): return place(0, Double(choices.count - 1), false)
    }
  }
}
