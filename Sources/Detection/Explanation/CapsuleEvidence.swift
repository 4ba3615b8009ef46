import Engine
import Faces
import Foundation
public import Media

/// Which primary capsules of a capsule network agree that a face is fake, and which that it is real.
public struct CapsuleEvidence: ClipEvidence, Equatable {
  /// What each primary capsule adds to the output capsule of fakes, less what it adds to that of reals,
  /// before these are squashed: above 0 for fake.
  public let votes: [Double]
  /// The share of the routing that each primary capsule has at both outputs, on average; the sum is 1.
  public let shares: [Double]
  /// The face.
  public let picture: Image

  /// - Parameter network: one that routes from primary capsules to two: of reals, and of fakes.
  init(_ network: DetectorNetwork, _ input: DetectorInput, _ frame: FaceClip.Frame) {
    picture = frame.crop
    let steps = network.body.steps
    let routings = steps.map { CapsuleRouting($0.layer.node) }
    guard let place = routings.firstIndex(where: { $0 != nil }), let routing = routings[place]
    else { preconditionFailure("\(network.architecture) routes between no capsules") }
    let primary = Sequential(children: Array(steps[..<place]))
    let course = routing.contributions(primary(NetworkDetector.pictures([frame.crop], input)))
    let (count, outputs, data) = (
      course.contributions.shape[1], course.contributions.shape[2], course.contributions.shape[3]
    )
    precondition(outputs == 2, "\(outputs) output capsules")
    func sum(_ tensor: Tensor, _ capsule: Int, _ output: Int) -> Double {
      let values = tensor.values
      let first = (capsule * outputs + output) * data
      return (first..<first + data).reduce(0) { $0 + Double(values[$1]) }
    }
    votes = (0..<count).map {
      sum(course.contributions, $0, 1) - sum(course.contributions, $0, 0)
    }
    shares = (0..<count).map { capsule in
      (0..<outputs).reduce(0) { $0 + sum(course.shares, capsule, $1) } / Double(outputs * data)
    }
  }

  /// How many capsules say fake.
  public var fakes: Int { votes.count { $0 > 0 } }

  public var title: String { "Capsules" }

  public func sentence(of who: String) -> String {
    let ranked = votes.indices.sorted { abs(votes[$0]) > abs(votes[$1]) }
    let strongest = ranked.prefix(2).map { "\($0 + 1) (\(signed(votes[$0])))" }
    return
      "Capsules: \(fakes) of the \(votes.count) primary capsules agree that \(who) is fake, and "
      + "\(votes.count - fakes) that it is real; those that count most are \(strongest.joined(separator: " and "))"
      + "; above 0 is toward fake."
  }

  public var measurements: [EvidenceMeasurement] {
    [EvidenceMeasurement("capsules that say fake", Double(fakes))]
      + votes.enumerated().map { EvidenceMeasurement("capsule \($0 + 1): vote", $1) }
      + shares.enumerated().map {
        EvidenceMeasurement("capsule \($0 + 1): share of the routing", $1)
      }
  }

  public var caption: String {
    """
    The face, and what each primary capsule adds to the output for fakes less that for reals: to the right \
    toward fake, to the left toward real. Routing gives more weight to capsules that agree.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let bars = votes.enumerated().map { index, vote in
      BarChart.Bar(
        "capsule \(index + 1), \(Int((100 * shares[index]).rounded())) % of the routing", vote)
    }
    let chart = try BarChart(title: title, bars: bars).drawn()
    let sheet = try ContactSheet(
      title: "", rows: [ContactSheet.Row("", [picture])], cellSize: 256
    ).drawn()
    return Image(stacking: [sheet, chart])
  }

  private func signed(_ value: Double) -> String { String(format: "%+.2f", value) }
}
