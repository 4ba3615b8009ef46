import Detection
import Engine
import Faces
import Foundation
import Records

extension DetectRun {
  /// Scores the test split once with every detector, and draws what they told wrong.
  ///
  /// - Parameter validation: where the limits of the ensemble's verdicts are selected.
  func test(_ validation: SamplePictures) throws -> DetectResults {
    let models = try record.detectors.map { kind in
      let place = place(of: kind)
      return StoredDetector(
        name: place.name, path: place.best,
        trained: try TrainedDetector(reading: place.best, as: kind, from: registry))
    }
    let choice = try SetTest(
      models, on: validation, of: SetTest.name(of: .validation, in: set.path))
    let together = models.count > 1 ? try choice.ensemble : nil
    let pictures = try SamplePictures(set.samples(in: .test), of: set)
    let test = try SetTest(models, on: pictures, of: SetTest.name(of: .test, in: set.path))
    let auditPath = AugmentFolder(path: set.path).audit
    let results = DetectResults(
      run: folder.name, command: command, set: set,
      detectors: try test.metrics(at: together?.point ?? OperatingPoint(threshold: 0.5)),
      differences: test.differences,
      audit: try AuditReport(reading: auditPath) ?? AuditReport(of: set),
      validation: choice.reliability, ensemble: together, sharpness: validation.sharpness,
      log: log.lines)
    try SampleScore.write(
      SampleScore.all(of: test, dataset: workspace.relative(set.path)), to: folder.lab)
    for detector in results.detectors {
      try MistakeSheet(detector).write(to: folder.lab, from: set.path)
    }
    return results
  }

  /// The request for the same metrics.
  var repeatedRequest: DetectRequest {
    record.request(folder.name, isNetwork: iterative > 0)
  }

  /// What to type for them, in the workspace.
  private var command: String {
    repeatedRequest.recorded(in: workspace).renamed("\(folder.name)-repeat")
      .shown(threads: record.threads)
  }
}
