import Foundation
public import Media

/// The features that moved a score most.
public struct FeatureEvidence: ClipEvidence, Equatable {
  public let title: String
  /// What was looked at, such as `Eyes and mouth of`.
  private let subject: String
  private let names: [String]
  /// The features, and how much each raises the logit.
  public let values, contributions: [Double]
  /// The face.
  public let picture: Image

  /// How many features are shown.
  private static let most = 10

  init(
    title: String, subject: String, names: [String], values: [Double], contributions: [Double],
    picture: Image
  ) {
    precondition(
      names.count == values.count && names.count == contributions.count, "\(names.count) names")
    (self.title, self.subject, self.names) = (title, subject, names)
    (self.values, self.contributions, self.picture) = (values, contributions, picture)
  }

  /// The places of the features, those that moved the score most first.
  private var ranked: [Int] {
    contributions.indices.sorted { (abs(contributions[$0]), $1) > (abs(contributions[$1]), $0) }
  }

  public func sentence(of who: String) -> String {
    let parts = ranked.prefix(3).map { place in
      "\(names[place]) (\(String(format: "%+.2f", contributions[place])))"
    }
    return
      "\(title): \(subject.lowercased()) \(who) move the logit most by \(parts.joined(separator: ", ")); above "
      + "0 is toward fake."
  }

  public var measurements: [EvidenceMeasurement] {
    ranked.map { EvidenceMeasurement(names[$0], values[$0]) }
  }

  public var caption: String {
    """
    The face, and the features that move the logit most against the mean training sample: to the right \
    toward fake, to the left toward real.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let shown = ranked.prefix(FeatureEvidence.most)
    let chart = try BarChart(
      title: title, bars: shown.map { BarChart.Bar(names[$0], contributions[$0]) }
    ).drawn()
    let sheet = try ContactSheet(
      title: "", rows: [ContactSheet.Row("", [picture])], cellSize: 256
    ).drawn()
    return Image(stacking: [sheet, chart])
  }
}
