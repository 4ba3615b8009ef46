import Detection
import Engine
import Faces
import Foundation
import Generation
import Media
import ONNX
import Records

/// Writes models as graphs in ONNX's format.
struct ONNXExport {
  /// The name of the model, by which errors call it.
  let name: String
  /// Its file.
  let source: String
  /// The datasets and face sets that it was trained on; empty where they are not known.
  var data: [String] = []

  /// Writes the graph of a detector, or those of both directions of a swap model.
  ///
  /// - Returns: the paths of the new files: `path`, or that with a direction before its extension.
  func write(to path: String) throws -> [String] {
    let file = try CheckpointFile(source)
    if TrainedDetector.kind(at: source) != nil {
      return [try save(detector(), to: path)]
    }
    guard file.metadata[ModelKey.kind.rawValue] == SwapTrainer.kind else {
      throw refusal("it is neither a detector nor a swap model")
    }
    return try Side.allCases.map { side in
      let direction = side == .a ? SwapDirection.a2b : .b2a
      return try save(
        swap(file, from: side, direction), to: ONNXExport.path(path, of: direction))
    }
  }

  /// `FILE-a2b.onnx` for `FILE.onnx`.
  private static func path(_ path: String, of direction: SwapDirection) -> String {
    let ending = (path as NSString).pathExtension
    let stem = "\((path as NSString).deletingPathExtension)-\(direction.rawValue)"
    return ending.isEmpty ? stem : "\(stem).\(ending)"
  }

  private func save(_ data: Data, to path: String) throws -> String {
    do {
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw EngineError.unwritableFile(path: path, reason: error.localizedDescription)
    }
    return path
  }

  private func refusal(_ reason: String) -> WorkflowError {
    .notExportable(name: name, reason: reason)
  }

  private func refusal(_ error: ONNXError, of model: String) -> WorkflowError {
    guard case .unsupported(let what, let nodes) = error else { return refusal("\(error)") }
    return refusal(
      "no operator of ONNX computes \(what) of \(model)"
        + (nodes.first.map { " ('\($0)')" } ?? ""))
  }

  // MARK: Detectors

  /// The graph takes red, green and blue from 0 to 255 and gives calibrated probabilities.
  private func detector() throws -> Data {
    let trained = try TrainedDetector(reading: source)
    let kind = trained.detector.kind.rawValue
    guard let network = trained.detector as? NetworkDetector else {
      throw refusal(
        "\(kind) classifies features that dflab measures itself, not by the layers of a network")
    }
    var writer = GraphWriter(name: kind)
    let logit: GraphWriter.Flow
    do {
      logit = try self.logit(of: network, in: &writer)
    } catch {
      throw refusal(error, of: kind)
    }
    let calibration = trained.calibration ?? .none
    writer.output(
      writer.probability(
        logit, slope: Float(calibration.slope), offset: Float(calibration.intercept)),
      named: ModelPort.probability)
    writer.output(logit, named: ModelPort.logit)
    return try writer.model(
      version: Program.version, metadata: try card(trained, of: network))
  }

  private func logit(
    of network: NetworkDetector, in writer: inout GraphWriter
  ) throws(ONNXError) -> GraphWriter.Flow {
    let (input, frames) = (network.input, network.architecture.frames)
    if network.readsFlow {
      let flow = writer.clips(
        ModelPort.flow, frames: frames - 1, side: input.side, channels: 2)
      return try writer.layer(
        Sequential(children: Array(network.body.steps.dropFirst())), flow)
    }
    let pictures =
      frames > 1
      ? writer.clips(ModelPort.clips, frames: frames, side: input.side)
      : writer.pictures(ModelPort.pictures, side: input.side)
    let normalized = writer.normalized(
      pictures, mean: input.mean.map { 255 * $0 }, deviation: input.deviation.map { 255 * $0 })
    return try writer.layer(network.body, normalized)
  }

  /// How to prepare the input, how to read the outputs, what the detector learned from.
  private func card(
    _ trained: TrainedDetector, of network: NetworkDetector
  ) throws -> [String: String] {
    let (input, frames) = (network.input, network.architecture.frames)
    var card = try common(trained.checkpoint.metadata)
    card["people"] = nil
    card[.identities] = trained.people.map { "\($0.count)" }
    card[.figures] = trained.operatingPoint?.rates.map { _ in
      trained.operatingPoint?.description ?? ""
    }
    card[.layout] = frames > 1 ? "ntchw" : "nchw"
    card[.frames] = "\(frames)"
    card[.alignment] = "dflab"
    card[.share] = "\(input.share)"
    card[.side] = "\(input.side)"
    let crop =
      "the middle \(input.share) of the side of an aligned 256x256 crop of a face, area-averaged to "
      + "\(input.side)x\(input.side)"
    switch (network.readsFlow, frames) {
    case (true, _):
      card[.pictures] =
        "displacements in pixels, to the right and down, from each of \(frames) consecutive frames to "
        + "the next, which no operator of ONNX computes: Farnebäck's optical flow (OpenCV's "
        + "calcOpticalFlowFarneback with pyr_scale 0.5, levels 3, winsize 15, iterations 3, poly_n 5, "
        + "poly_sigma 1.2) of the gray pictures of \(crop)"
    case (_, 1): card[.pictures] = "red, green and blue from 0 to 255: \(crop)"
    default:
      card[.pictures] =
        "red, green and blue from 0 to 255 of \(frames) consecutive frames: \(crop), in each frame"
    }
    card[.output] = "probability of fake, 0 to 1; and the logit before calibration"
    return card
  }

  // MARK: Swap models

  /// The graph takes faces in red, green and blue from 0 to 255 and gives swapped ones, and their masks.
  private func swap(
    _ file: CheckpointFile, from side: Side, _ direction: SwapDirection
  ) throws -> Data {
    let model = try SwapModel(reading: file)
    let decoder = "decoder_\(side.other.rawValue)"
    var writer = GraphWriter(name: "\(name) \(direction.rawValue)")
    let faces = writer.pictures(ModelPort.faces, side: model.side)
    let made: GraphWriter.Flow
    do {
      let code = try writer.layer(
        model.encoder, writer.scaled(faces, by: 1 / 255, at: "input"), at: "encoder")
      made = try writer.layer(model.decoder(side.other), code, at: decoder)
    } catch {
      throw refusal(error, of: name)
    }
    let hasMask = try SwapTrainer.settings(of: file).mask != nil
    writer.output(
      writer.scaled(
        hasMask ? writer.channels(0..<3, of: made, at: "output") : made, by: 255, at: "output"),
      named: ModelPort.swapped)
    if hasMask {
      writer.output(writer.channels(3..<4, of: made, at: "mask"), named: ModelPort.mask)
    }
    var card = try common(file.metadata)
    for key in ["input", "best", "state"] { card[key] = nil }
    card[.xmp] = String(decoding: Mark.packet(.trained, by: Program.name), as: UTF8.self)
    card[.direction] = direction.rawValue
    card[.mask] = "\(hasMask)"
    card[.layout] = "nchw"
    card[.frames] = "1"
    card[.alignment] = "dflab"
    card[.share] = "\(Crop.coverage)"
    card[.side] = "\(model.side)"
    card[.pictures] =
      "red, green and blue from 0 to 255: the middle \(Crop.coverage) of the side of an aligned 256x256 "
      + "crop of a face, area-averaged to \(model.side)x\(model.side)"
    card[.output] =
      "the face with the other identity, red, green and blue from 0 to 255"
      + (hasMask ? "; and its mask, 0 to 1" : "")
    card[.figures] = (try? SwapTrainer.best(of: file)).map { ONNXExport.figures($0, of: side) }
    return try writer.model(version: Program.version, metadata: card)
  }

  /// What was measured of one direction.
  private static func figures(_ best: BestCheckpoint, of side: Side) -> String {
    let quality = best.quality
    let (ssim, psnr) =
      side == .a ? (quality.ssimB, quality.psnrB) : (quality.ssimA, quality.psnrA)
    var text =
      "after \(best.iteration) iterations: held-out reconstructions of the swapped-in identity SSIM "
      + String(format: "%.3f, PSNR %.1f dB", ssim, psnr)
    if let truth = best.groundTruth.map({ side == .a ? $0.a2b : $0.b2a }) {
      text += String(
        format: "; swaps against ground truth SSIM %.3f, PSNR %.1f dB, identity %.2f", truth.ssim,
        truth.psnr, truth.identity)
    }
    return text
  }

  // MARK: Model card

  /// What every card has: the model file's own metadata, where it came from, and its mark.
  private func common(_ metadata: [String: String]) throws -> [String: String] {
    var card = metadata
    card[.name] = name
    card[.source] = try FileHash.ofFile(source)
    card[.data] = data.isEmpty ? nil : data.joined(separator: ", ")
    card[.mark] =
      "made by \(Program.name)"
      + (metadata[ModelKey.kind.rawValue] == SwapTrainer.kind
        ? "; pictures that it makes are synthetic: mark them with the IPTC digital source type "
          + "\(MediaOrigin.trained.sourceType), as the XMP packet 'xmp' does" : "")
    return card
  }
}

extension [String: String] {
  fileprivate subscript(key: ModelKey) -> String? {
    get { self[key.rawValue] }
    set { self[key.rawValue] = newValue }
  }
}
