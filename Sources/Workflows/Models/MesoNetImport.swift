import Detection
import Engine
import Foundation
import Records

/// Imports MesoNet's published weights as finished models.
public enum MesoNetImport {
  /// Writes `Checkpoints/NAME-MODEL/best.safetensors` for each model in the folder.
  ///
  /// - Returns: the files' paths, sorted by the models' names.
  public static func run(
    folder: String, name: String, workspace: String?
  ) throws -> [String] {
    let workspace = try Workspace(named: workspace)
    let published = try PublishedMesoNet(folder: folder)
    let places = try published.models.map { model in
      let suffix = model.lowercased().replacing("_", with: "-")
      return RunFolder(try RunName("\(name)-\(suffix)"), in: workspace)
    }
    let run = try RunName("import-\(name)").description
    let session = RunSession(unlocked: Interruption())
    var request = ModelImportRequest(folder, as: .mesoNet)
    request.name = name
    session.record(
      request, at: workspace.lab(of: run), in: workspace,
      settings: ["folder": folder], sources: [folder], places: places.map(\.checkpoints))
    return try session.perform { try write(published, to: places) }
  }

  private static func write(
    _ published: PublishedMesoNet, to places: [RunFolder]
  ) throws -> [String] {
    try zip(published.models, places).map { model, place in
      guard !FileManager.default.fileExists(atPath: place.latest) else {
        throw WorkflowError.modelInTraining(name: place.name)
      }
      let detector = TrainedDetector(
        try published.detector(model), operatingPoint: OperatingPoint(threshold: 0.5),
        program: Program.name)
      try RunFolder.make(place.checkpoints)
      try detector.write(to: place.best)
      return place.best
    }
  }
}
