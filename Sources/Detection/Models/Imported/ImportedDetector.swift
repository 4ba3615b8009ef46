public import Engine
public import Faces
import Foundation
public import Media
public import ONNX

/// A network that was trained elsewhere, as a graph in ONNX's format.
///
/// The graph and its weights lie beside the detector's file, in a folder; the file says how the graph is
/// given faces and read.
public struct ImportedDetector: Detector {
  /// The folder beside the detector's file.
  public static let folder = "onnx"
  /// The name of the graph in that folder.
  public static let model = "model.onnx"

  /// How the graph is given faces, and how its output is read.
  public let convention: ImportedConvention
  /// The files in the folder.
  public let files: [File]
  let session: Session

  /// A file of the graph or of its weights.
  public struct File: Codable, Equatable, Sendable {
    /// The path below the folder.
    public let name: String
    /// Its size.
    public let bytes: Int

    public init(name: String, bytes: Int) { (self.name, self.bytes) = (name, bytes) }
  }

  /// Pictures that are scored at once; a clip is scored as a whole.
  static let batch = 4

  public init(_ session: Session, _ convention: ImportedConvention, files: [File]) {
    (self.session, self.convention, self.files) = (session, convention, files)
  }

  public var kind: DetectorKind { .onnx }

  public var requirements: DetectorRequirements { DetectorRequirements(frames: convention.frames) }

  public func scores(ofSufficient clips: [FaceClip]) -> [DetectorScore] {
    do {
      guard convention.frames > 1 else {
        let faces = clips.flatMap { $0.frames.map(\.crop) }
        let logits = try logits(ofLengths: faces.map { _ in 1 }) { face, _ in faces[face] }
        return DetectorScore.frames(logits, of: clips)
      }
      return try logits(ofLengths: clips.map(\.frames.count)) { clips[$0].frames[$1].crop }
        .map(DetectorScore.clip)
    } catch {
      return clips.map { _ in .notApplicable("\(error)") }
    }
  }

  private func logits(
    ofLengths lengths: [Int], picture: @Sendable (_ index: Int, _ frame: Int) -> Image
  ) throws(ONNXError) -> [Double] {
    let size = convention.batch ?? max(1, ImportedDetector.batch / convention.frames)
    return try FrameWindows.logits(
      ofLengths: lengths, frames: convention.frames, atOnce: size, convention.view,
      picture: picture
    ) { pictures throws(ONNXError) in try logits(of: pictures) }
  }

  /// The logits of normalized pictures, `[N, side, side, 3]`; of clips, N counts the frames of all.
  func logits(of pictures: Tensor) throws(ONNXError) -> [Double] {
    let count = pictures.shape[0] / convention.frames
    let values = try ImportedDetector.output(of: session, convention, on: pictures).doubles
    return (0..<count).map {
      convention.logit(of: values[$0 * convention.outputs..<($0 + 1) * convention.outputs])
    }
  }

  /// What a graph computes from pictures, of which there may be fewer than it takes at once.
  static func output(
    of session: Session, _ convention: ImportedConvention, on pictures: Tensor
  ) throws(ONNXError) -> Value {
    let given = value(of: pictures, convention)
    let results = try session.run([convention.input: given], for: [convention.output])
    return results[0]
  }

  /// Pictures, `[N, side, side, 3]`, in the order and type that the graph takes.
  static func value(of pictures: Tensor, _ convention: ImportedConvention) -> Value {
    let (side, frames) = (convention.view.side, convention.frames)
    let count = pictures.shape[0] / frames
    let batch = convention.batch ?? count
    precondition(count <= batch, "\(count) pictures for a graph of \(batch)")
    // A batch that is not full ends with zeros.
    var full = pictures
    if count < batch {
      full = Tensor.joined([
        pictures, Tensor(zeros: [(batch - count) * frames, side, side, 3]),
      ])
    }
    let order = Array("nthwc")
    let lengths = [batch, frames, side, side, 3]
    return Value(full.reshaped(to: lengths), of: convention.type)
      .arranged(convention.layout.rawValue.compactMap { order.firstIndex(of: $0) })
  }

  /// What the graph is given for some faces, as pictures again: of clips, their first windows' frames.
  ///
  /// - Parameter faces: 256×256, as many as the graph takes at once, or a multiple of its frames.
  /// - Returns: the pictures, with the least and the greatest value that the graph is given.
  public func shown(_ faces: [Image]) -> [(picture: Image, range: ClosedRange<Float>)] {
    let view = convention.view
    return faces.map { face in
      let values = NetworkDetector.pictures([face], view).values
      let pixels = values.indices.map { place in
        let level = values[place] * view.deviation[place % 3] + view.mean[place % 3]
        return UInt8(min(max((255 * level).rounded(), 0), 255))
      }
      return (
        Image(width: view.side, height: view.side, pixels: pixels),
        (values.min() ?? 0)...(values.max() ?? 0)
      )
    }
  }

  public func evidence(on clip: FaceClip) throws(DetectionError) -> [DetectorEvidence] {
    let first = (clip.frames.count - convention.frames) / 2
    let window = clip.frames[first..<first + convention.frames].map(\.crop)
    let view = convention.view
    // Where a graph has no map, or an operator no derivative, parts of the face are covered.
    if let map = try? gradCAM(on: window) { return [.gradCAM(map)] }
    do {
      return [
        .clip(
          try OcclusionEvidence(of: window, view) { pictures throws(ONNXError) in
            // One at a time: a batch may be fixed, and clips are large.
            try logits(of: pictures)[0]
          })
      ]
    } catch {
      throw .library(call: "occlusion", reason: "\(error)")
    }
  }

  // MARK: The file

  /// What the detector's file says.
  private struct Description: Codable {
    /// The version of this description.
    static let version = 1

    var version = Description.version
    let files: [File]
    let convention: ImportedConvention
  }

  public func checkpoint() -> Checkpoint {
    let description = Description(files: files, convention: convention)
    return Checkpoint(tensors: [], metadata: ["onnx": DetectorText.json(description)])
  }

  /// The detector of a file beside which the graph lies.
  init(_ file: CheckpointFile) throws(DetectionError) {
    struct Version: Codable { let version: Int }
    func fault(_ reason: String) -> DetectionError {
      .unusableDetector(path: file.path, reason: reason)
    }
    let text = file.metadata["onnx"]
    guard let version: Version = DetectorText.value(text) else {
      throw fault("missing or invalid 'onnx'")
    }
    guard version.version == Description.version else {
      throw fault(
        "its format has version \(version.version), and this program reads version "
          + "\(Description.version)")
    }
    guard let description: Description = DetectorText.value(text) else {
      throw fault("missing or invalid 'onnx'")
    }
    let folder = URL(filePath: file.path).deletingLastPathComponent()
      .appending(path: ImportedDetector.folder)
    for part in description.files {
      let path = folder.appending(path: part.name).path(percentEncoded: false)
      let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
      guard size == part.bytes else {
        throw fault(
          "'\(ImportedDetector.folder)/\(part.name)' beside it "
            + (size == nil ? "is missing" : "was changed"))
      }
    }
    let session: Session
    do {
      session = try Session(
        path: folder.appending(path: ImportedDetector.model).path(percentEncoded: false))
    } catch {
      throw fault(error.description)
    }
    let convention = description.convention
    guard convention.isUsable, session.inputs.contains(where: { $0.name == convention.input }),
      session.outputs.contains(where: { $0.name == convention.output })
    else { throw fault("its description does not fit the graph") }
    self.init(session, convention, files: description.files)
  }
}

extension ImportedConvention {
  /// Whether its numbers are in their ranges.
  fileprivate var isUsable: Bool {
    ImportedConvention.sides.contains(view.side) && view.share > 0 && view.share <= 1
      && view.mean.count == 3 && view.deviation.count == 3 && view.mean.allSatisfy(\.isFinite)
      && view.deviation.allSatisfy { $0 > 0 && $0.isFinite } && (1...512).contains(frames)
      && (frames == 1 || layout.isOfClips) && outputs > 0 && (0..<outputs).contains(fakeOutput)
      && batch.map { (1...4096).contains($0) } ?? true
  }
}

extension DetectorKind {
  /// A network that was trained elsewhere and imported as a graph in ONNX's format.
  public static let onnx = DetectorKind("onnx")
}

extension DetectorDefinition {
  /// Networks that were trained elsewhere.
  static let onnx = DetectorDefinition(
    imported: .onnx, summary: "A network that was trained elsewhere, imported from an ONNX file."
  ) { file throws(DetectionError) in try ImportedDetector(file) }
}
