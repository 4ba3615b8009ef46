import Detection
import Media
import Records

/// The score over the time of a video, as a picture.
struct Timeline {
  let verdict: FileVerdict

  /// Nil where no frame has a time.
  func drawn() throws(MediaError) -> Image? {
    let panels = verdict.people.compactMap { person -> CurvePlot.Panel? in
      let moments = person.scores.filter { $0.time != nil }
      guard !moments.isEmpty else { return nil }
      func series(_ name: String, _ value: (PersonVerdict.FrameScore) -> Double?)
        -> CurvePlot.Series
      {
        CurvePlot.Series(
          name,
          moments.compactMap { moment in
            value(moment).map { CurvePlot.Point(moment.time ?? 0, $0) }
          })
      }
      var curves = [series("ensemble", \.score)]
      if person.detectors.count > 1 {
        for (index, part) in person.detectors.enumerated() {
          curves.append(series(part.model) { $0.each[index] })
        }
      }
      let ends = [moments.first?.time ?? 0, moments.last?.time ?? 0]
      curves += person.operatingPoint.limits.map { limit in
        CurvePlot.Series(limit.name, ends.map { CurvePlot.Point($0, limit.score) })
      }
      return CurvePlot.Panel(
        title: "Identity \(person.person): \(person.verdict.rawValue)", xLabel: "Time (s)",
        yLabel: "Score", series: curves)
    }
    guard !panels.isEmpty else { return nil }
    return try CurvePlot(panels: panels).drawn()
  }
}

extension OperatingPoint {
  /// The limits of verdicts with their names in drawings: one line or two.
  var limits: [(name: String, score: Double)] {
    let fake = ("fake at \(NumberText.fixed(fakeAt, 3))", min(fakeAt, 1))
    guard realBelow < fakeAt else { return [fake] }
    return [fake, ("real below \(NumberText.fixed(realBelow, 3))", realBelow)]
  }
}
