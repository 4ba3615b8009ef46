import Detection
import Media

/// The score over the time of a video, as a picture.
struct Timeline {
  let judgment: FileVerdict

  /// Nil where no frame has a time.
  func drawn() throws(MediaError) -> Image? {
    let panels = judgment.people.compactMap { person -> CurvePlot.Panel? in
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
      curves.append(
        CurvePlot.Series(
          "threshold", ends.map { CurvePlot.Point($0, person.operatingPoint.threshold) }))
      return CurvePlot.Panel(
        title: "Identity \(person.person): \(person.verdict.rawValue)", xLabel: "Time (s)",
        yLabel: "Score", series: curves)
    }
    guard !panels.isEmpty else { return nil }
    return try CurvePlot(panels: panels).drawn()
  }
}
