import Detection
import Engine
import Faces
import Foundation
import Media
import ONNX
import Records
import Synthesis

/// Imports a graph in ONNX's format as a detector.
enum ONNXImport {
  /// The picture of what the network is given, beside the model.
  static let sheet = "input.png"

  /// Writes `Checkpoints/NAME`: the description, the graph with its weights, and what it is shown.
  static func run(_ request: ModelImportRequest) throws -> ModelImportOutcome {
    let workspace = try Workspace(named: request.workspace)
    let stem = ((request.path as NSString).lastPathComponent as NSString).deletingPathExtension
    let target = RunFolder(try RunName(request.name ?? RunName.tamed(stem[...])), in: workspace)
    guard !FileManager.default.fileExists(atPath: target.latest) else {
      throw WorkflowError.modelInTraining(name: target.name)
    }
    guard
      !FileManager.default.fileExists(atPath: target.best)
        || TrainedDetector.kind(at: target.best) == .onnx
    else { throw WorkflowError.modelInTheWay(name: target.name) }
    let graph = try ONNX.Session(path: request.path)
    var choices = request.choices
    choices.frames = choices.frames ?? graph.metadata[ModelKey.frames.rawValue].flatMap(Int.init)
    let convention = try ImportedConvention(of: graph, choices: choices, path: request.path)
    let external = try ONNX.Session.externalFiles(path: request.path)
    let session = try RunSession(in: target.checkpoints, Interruption())
    var recorded = request
    recorded.name = target.name
    session.record(
      recorded, at: target.checkpoints, in: workspace, settings: convention,
      sources: [request.path], places: [target.checkpoints], startsOver: true)
    let made = Artifact(target.best, making: "description", from: [.file(request.path)])
    return try session.perform(noting: { [made] }) {
      let files = try copy(request.path, external, to: target)
      let detector = ImportedDetector(graph, convention, files: files)
      var trained = try TrainedDetector(
        imported: detector, stated: graph.metadata, in: request.path)
      trained.program = Program.name
      try trained.write(to: target.best)
      let sheet = "\(target.checkpoints)/\(ONNXImport.sheet)"
      try WholeFile.write(
        try ONNXImport.sheet(of: detector, named: target.name)
          .encoded(as: .png, mark: .rendered(at: sheet, in: workspace)), to: sheet)
      return ModelImportOutcome(
        models: [target.best], facts: facts(trained, convention, target, sheet: sheet))
    }
  }

  /// Copies the graph and the files of its weights, and takes the place of earlier ones.
  private static func copy(
    _ path: String, _ external: [String], to target: RunFolder
  ) throws -> [ImportedDetector.File] {
    let files = FileManager.default
    let source = (path as NSString).deletingLastPathComponent
    let partial = "\(target.checkpoints)/.\(ImportedDetector.folder).partial"
    if files.fileExists(atPath: partial) { try RunFolder.remove(partial) }
    let pairs =
      [(path, ImportedDetector.model)]
      + external.map { (source.isEmpty ? $0 : "\(source)/\($0)", $0) }
    guard !external.contains(ImportedDetector.model) else {
      throw DetectionError.unsuitableModel(
        path: path, reason: "its weights lie in a file that is called '\(ImportedDetector.model)'")
    }
    do {
      for (old, new) in pairs {
        let place = "\(partial)/\(new)"
        try RunFolder.make((place as NSString).deletingLastPathComponent)
        // A link would leave the weights elsewhere.
        try files.copyItem(
          at: URL(filePath: old).resolvingSymlinksInPath(), to: URL(filePath: place))
      }
    } catch let error as NSError {
      throw RecordsError.unwritable(path: partial, reason: RunFolder.reason(of: error))
    }
    let final = "\(target.checkpoints)/\(ImportedDetector.folder)"
    if files.fileExists(atPath: final) { try RunFolder.remove(final) }
    do {
      try files.moveItem(atPath: partial, toPath: final)
    } catch {
      throw RecordsError.unwritable(path: final, reason: RunFolder.reason(of: error))
    }
    return pairs.map { _, name in
      ImportedDetector.File(name: name, bytes: RunRecorder.size(of: "\(final)/\(name)") ?? 0)
    }
  }

  /// What the network is given for rendered faces, beside their crops.
  private static func sheet(of detector: ImportedDetector, named name: String) throws -> Image {
    let convention = detector.convention
    let crops = ThreadPool.map(4) { person in
      let source = SceneSource(
        seed: 1, person: person, kind: .portraits, poses: PoseRange(degrees: 20, 8, 6))
      return source.scene(0).rendered(side: Crop.pictureSide).image
    }
    let shown = detector.shown(crops)
    let range =
      (shown.map(\.range.lowerBound).min() ?? 0)...(shown.map(\.range.upperBound).max() ?? 0)
    func text(_ value: Float) -> String { NumberText.fixed(Double(value), 2) }
    return try ContactSheet(
      title:
        "\(name): '\(convention.input)' has values from \(text(range.lowerBound)) to "
        + text(range.upperBound),
      rows: [
        ContactSheet.Row("crop", crops), ContactSheet.Row("network's input", shown.map(\.picture)),
      ], cellSize: 224
    ).drawn()
  }

  /// What the user should check.
  private static func facts(
    _ trained: TrainedDetector, _ convention: ImportedConvention, _ target: RunFolder,
    sheet: String
  ) -> [ModelImportOutcome.Fact] {
    let calibration =
      trained.operatingPoint.map { "as exported: \($0)" }
      ?? "none: every verdict is undecided until 'dflab detect --calibrate \(target.name)'"
    return [
      ModelImportOutcome.Fact("input", "'\(convention.input)' \(convention.inputText)"),
      ModelImportOutcome.Fact("output", "'\(convention.output)': \(convention.outputText)"),
      ModelImportOutcome.Fact("sample", "\(sheet): check what the network is given"),
      ModelImportOutcome.Fact("limits", calibration),
    ]
  }
}

/// What an import has made.
public struct ModelImportOutcome: Equatable, Sendable {
  /// The files of the models.
  public let models: [String]
  /// What the user should check.
  public var facts: [Fact] = []

  /// A line about the import.
  public struct Fact: Equatable, Sendable {
    public let name, text: String
    init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }
  }
}
