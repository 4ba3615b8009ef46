import Detection
import Foundation

/// The measurements behind a verdict, as sentences.
public struct Explanation: Codable, Sendable {
  public let result: FileVerdict
  public let verdict: FileVerdict.Verdict
  /// The measurements, by person.
  public let evidence: [Evidence]
  /// In the order of a report.
  public let sentences: [String]

  init(_ result: FileVerdict, evidence: [Evidence], by ensemble: DetectorEnsemble) {
    (self.result, self.evidence, verdict) = (result, evidence, result.verdict)
    var sentences: [String] = []
    if result.people.isEmpty {
      sentences.append(
        "No face found in \(result.frames == 1 ? "the picture" : "\(result.frames) frames"). "
          + "The file was not scored: this is not a verdict of 'real'.")
    }
    for person in result.people {
      sentences += Explanation.answer(person, of: result.people.count, ensemble)
      sentences += Explanation.reliability(person, ensemble.reliability)
      if let measured = evidence.first(where: { $0.person == person.person }) {
        sentences += Explanation.measured(measured, of: result.people.count)
      }
    }
    self.sentences = sentences + [result.cameraSentence].compactMap(\.self)
  }

  private static func answer(_ person: PersonVerdict, of count: Int, _ ensemble: DetectorEnsemble)
    -> [String]
  {
    let who = count > 1 ? "Identity \(person.person)" : "The face"
    let interval =
      person.interval.map {
        " (95 % interval over stretches of the video: \(score($0.low)) to \(score($0.high)))"
      } ?? ""
    let applicable = person.detectors.indices.filter { person.detectors[$0].score != nil }
    var sentences = [
      "\(who): \(person.text).",
      "The score is the \(ensemble.measure) over \(person.faces) "
        + "\(person.faces == 1 ? "face" : "faces")\(interval); \(ensemble.rule(of: applicable)).",
    ]
    if let context = person.context { sentences.append("\(context.text).") }
    if person.detectors.count > 1 {
      sentences += person.detectors.map { "\($0.model): \($0.text)." }
    }
    return sentences
  }

  /// How often validation samples with such a score are fake.
  private static func reliability(
    _ person: PersonVerdict, _ bins: [ReliabilityBin]?
  ) -> [String] {
    guard let bins else { return [] }
    let own =
      bins.first { person.score >= $0.low && person.score < $0.high } ?? bins.last
    guard let own else { return [] }
    let range = "a score from \(score(own.low)) to \(score(own.high))"
    guard own.count > 0, let share = own.fakeShare else {
      return ["No validation sample has \(range)."]
    }
    let fakes = Int((share * Double(own.count)).rounded())
    return ["Of the \(own.count) validation samples with \(range), \(fakes) are fake."]
  }

  private static func measured(_ evidence: Evidence, of count: Int) -> [String] {
    var sentences: [String] = []
    let face = who(evidence.person, of: count)
    let place = evidence.frame.map { "Frame \($0)" } ?? "Picture"
    if let deviations = evidence.sharpnessDeviations {
      sentences.append(
        "\(place): fine detail inside \(face) is \(two(pow(2, evidence.sharpness))) times that around "
          + "it, \(distance(deviations)) the mean of real validation faces.")
    }
    if let frequencies = evidence.frequencies,
      let strongest = frequencies.max(by: { abs($0.change) < abs($1.change) })
    {
      let direction = strongest.change > 0 ? "toward fake" : "toward real"
      sentences.append(
        "Spectrum of \(face): the band from \(two(strongest.low)) to \(two(strongest.high)) "
          + "cycles/pixel changes the SVM's decision value most, \(direction); it is \(distance(strongest.deviation)) "
          + "the mean of real faces.")
    }
    for (model, saliency) in evidence.saliency.sorted(by: { $0.key < $1.key }) {
      sentences.append(
        "Grad-CAM of \(model): \(percent(saliency.inside)) of the activation for fake is inside \(face) "
          + "(\(percent(saliency.area)) of the area), \(percent(saliency.edge)) along its edge "
          + "(\(percent(saliency.edgeArea)) of the area).")
    }
    return sentences + evidence.figures.map(\.sentence)
  }

  /// The face of one of some people, to be read inside a sentence.
  static func who(_ person: Int, of count: Int) -> String {
    count > 1 ? "the face of identity \(person)" : "the face"
  }

  /// Such as "1.5 standard deviations above".
  private static func distance(_ deviations: Double) -> String {
    "\(String(format: "%.1f", abs(deviations))) standard deviations \(deviations < 0 ? "below" : "above")"
  }

  private static func score(_ value: Double) -> String { String(format: "%.3f", value) }
  private static func two(_ value: Double) -> String { String(format: "%.2f", value) }
  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
  }
}
