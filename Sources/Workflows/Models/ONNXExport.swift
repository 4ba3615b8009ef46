import Detection
import Engine
import Foundation
import ONNX
import Records

/// Writes detectors as graphs in ONNX's format.
enum ONNXExport {
  /// Writes the network of the detector in the file `source`.
  ///
  /// The graph takes red, green and blue from 0 to 255, `[N, 3, side, side]`, and gives calibrated
  /// probabilities, `[N, 1]`.
  ///
  /// - Returns: the path of the new file.
  static func write(_ source: String, named name: String, to path: String) throws -> String {
    let trained = try TrainedDetector(reading: source)
    guard let network = trained.detector as? NetworkDetector,
      let (copy, input) = network.differentiable
    else {
      throw WorkflowError.notExportable(
        name: name, reason: "\(trained.detector.kind.rawValue) is no network of single frames")
    }
    var writer = GraphWriter(name: trained.detector.kind.rawValue)
    let pictures = writer.normalized(
      writer.pictures("pictures", side: input.side), mean: input.mean.map { 255 * $0 },
      deviation: input.deviation.map { 255 * $0 })
    let logit: GraphWriter.Flow
    do {
      logit = try writer.layer(copy.body, pictures)
    } catch {
      throw WorkflowError.notExportable(
        name: name,
        reason: "ONNX has no counterpart to a layer of \(trained.detector.kind.rawValue)")
    }
    let calibration = trained.calibration ?? .none
    writer.output(
      writer.probability(
        logit, slope: Float(calibration.slope), offset: Float(calibration.intercept)),
      named: "probability")
    let data = try writer.model(version: Program.name, metadata: metadata(trained, input))
    do {
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw EngineError.unwritableFile(path: path, reason: error.localizedDescription)
    }
    return path
  }

  /// The model card: how to prepare pictures, how to read the output, what it learned from.
  private static func metadata(
    _ trained: TrainedDetector, _ input: DetectorInput
  ) -> [String: String] {
    var metadata = trained.checkpoint.metadata
    metadata["people"] = nil
    metadata["identities"] = trained.people.map { "\($0.count)" }
    metadata["pictures"] =
      "red, green and blue from 0 to 255: the middle \(input.share) of the side of an aligned 256x256 "
      + "crop of a face, area-averaged to \(input.side)x\(input.side)"
    metadata["output"] = "probability of fake, 0 to 1"
    return metadata
  }
}
