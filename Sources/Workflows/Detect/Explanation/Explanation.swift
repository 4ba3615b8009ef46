import Detection
import Foundation

/// Why a file was called what it was, in sentences behind each of which stands a measurement.
public struct Explanation: Codable, Sendable {
  public let judgment: FileVerdict
  public let verdict: FileVerdict.Verdict
  /// What was measured, by person.
  public let evidence: [Evidence]
  /// In the order of a report.
  public let sentences: [String]

  init(_ judgment: FileVerdict, evidence: [Evidence], by jury: DetectorEnsemble) {
    (self.judgment, self.evidence, verdict) = (judgment, evidence, judgment.verdict)
    var sentences: [String] = []
    if judgment.people.isEmpty {
      sentences.append(
        "No face was found in \(judgment.frames == 1 ? "the picture" : "\(judgment.frames) frames"), so "
          + "nothing was judged: that is not 'real'.")
    }
    for person in judgment.people {
      sentences += Explanation.answer(person, of: judgment.people.count, jury)
      sentences += Explanation.experience(person, jury.experience)
      if let measured = evidence.first(where: { $0.person == person.person }) {
        sentences += Explanation.measured(measured, of: judgment.people.count)
      }
    }
    self.sentences = sentences
  }

  private static func answer(_ person: PersonVerdict, of count: Int, _ jury: DetectorEnsemble)
    -> [String]
  {
    let who = count > 1 ? "Person \(person.person)" : "The face"
    let interval =
      person.interval.map {
        " (95 % interval over stretches of the video: \(two($0.low)) to \(two($0.high)))"
      } ?? ""
    var sentences = [
      "\(who) is called \(person.verdict.rawValue): the \(jury.measure) over \(person.faces) "
        + "\(person.faces == 1 ? "face" : "faces") is \(two(person.probability))\(interval), and "
        + "\(jury.rule(person.threshold))."
    ]
    if person.detectors.count > 1 {
      let fakes = person.detectors.count { $0.probability >= $0.threshold }
      let parts = person.detectors.map { "\($0.detector.rawValue) \(two($0.probability))" }
      sentences.append(
        "\(fakes) of \(person.detectors.count) detectors call it fake: "
          + parts.joined(separator: ", ") + ".")
    }
    return sentences
  }

  /// How often the detectors were right on validation pictures at such a probability.
  private static func experience(
    _ person: PersonVerdict, _ bins: [ReliabilityBin]?
  ) -> [String] {
    guard let bins else { return [] }
    let own =
      bins.first { person.probability >= $0.low && person.probability < $0.high } ?? bins.last
    guard let own, own.count > 0, let share = own.fakeShare else {
      return ["No validation picture had such a probability: there is no experience with it."]
    }
    let fakes = Int((share * Double(own.count)).rounded())
    return [
      "Of the \(own.count) validation pictures with a probability between \(two(own.low)) and "
        + "\(two(own.high)), \(fakes) were fake and \(own.count - fakes) real."
    ]
  }

  private static func measured(_ evidence: Evidence, of count: Int) -> [String] {
    var sentences: [String] = []
    let (face, its) =
      count > 1
      ? ("person \(evidence.person)'s face", "person \(evidence.person)'s") : ("the face", "its")
    let place = evidence.frame.map { "In frame \($0)" } ?? "In the picture"
    if let deviations = evidence.sharpnessDeviations {
      let side = deviations < 0 ? "below" : "above"
      sentences.append(
        "\(place) the fine detail inside \(face) is \(two(pow(2, evidence.sharpness))) times that "
          + "around it: \(one(abs(deviations))) deviations \(side) the mean of real validation faces."
      )
    }
    if let frequencies = evidence.frequencies,
      let strongest = frequencies.max(by: { abs($0.change) < abs($1.change) })
    {
      let direction = strongest.change > 0 ? "towards fake" : "towards real"
      sentences.append(
        "Of \(its) spectrum, the band from \(two(strongest.low)) to \(two(strongest.high)) cycles a pixel "
          + "moved the spectrum's score most, \(direction); it lies \(one(abs(strongest.deviation))) "
          + "deviations \(strongest.deviation < 0 ? "below" : "above") the mean of real faces.")
    }
    for (model, look) in evidence.attention.sorted(by: { $0.key < $1.key }) {
      sentences.append(
        "\(percent(look.inside)) of what speaks for fake to \(model) lies inside \(face), which is "
          + "\(percent(look.area)) of the picture, and \(percent(look.edge)) along its edge, which is "
          + "\(percent(look.edgeArea)).")
    }
    return sentences
  }

  private static func two(_ value: Double) -> String { String(format: "%.2f", value) }
  private static func one(_ value: Double) -> String { String(format: "%.1f", value) }
  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
  }
}
