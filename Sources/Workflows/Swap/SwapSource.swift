import Engine
import Faces
import Foundation
import Generation
import Records

/// Where a run takes the faces of one person from.
struct SwapSource {
  /// The folder of aligned faces: the user's, or the face set of the faces in photographs.
  let faces: String
  /// The user's folder of photographs; nil for aligned faces.
  let photographs: String?

  /// The smallest face in a photograph that is worth swapping, in pixels.
  static let smallest = 48.0
  /// The minimum sharpness of a face in a photograph (the variance of its Laplacian).
  static let sharpness = 5.0

  /// Aligned faces.
  init(aligned folder: String) { self.init(faces: folder, photographs: nil) }

  private init(faces: String, photographs: String?) {
    (self.faces, self.photographs) = (faces, photographs)
  }

  /// The faces of a folder: itself, if it has a manifest or holds aligned crops, or those in its
  /// photographs, which are extracted into `Datasets/RUN` unless they are there.
  ///
  /// - Parameter old: what an earlier session of a trained run took.
  init(
    _ side: Side, at path: String, for request: SwapRequest, run: RunFolder,
    in workspace: Workspace,
    old: FaceRecord?, _ interruption: Interruption, _ report: (SwapEvent) -> Void
  ) throws {
    if let old, old.photographs == Workspace.absolute(path) {
      self.init(faces: old.folder, photographs: old.photographs)
      return
    }
    guard try SwapSource.holdsPhotographs(path, request) else {
      self.init(aligned: path)
      return
    }
    let photographs = Workspace.absolute(path)
    self.init(
      faces: workspace.datasets(of: "\(run.name)/\(side.rawValue)"), photographs: photographs)
    let outcome = try SwapSource.extract(photographs, to: faces, interruption) { done, count in
      report(.extracting(side: side, done, of: count))
    }
    guard outcome.isFinished else { throw SwapInterrupted() }
    report(.extracted(side: side, folder: path, outcome))
    guard outcome.kept >= FaceFolder.fewest else {
      throw WorkflowError.fewFaces(
        path: path, pictures: outcome.frames, kept: outcome.kept, omitted: outcome.omitted)
    }
  }

  private static func holdsPhotographs(_ path: String, _ request: SwapRequest) throws -> Bool {
    // A manifest says where the faces are.
    if request.takesCrops || (FaceSet.isManifested(path) && !request.takesPhotographs) {
      return false
    }
    return try request.takesPhotographs
      || PictureFraming(of: path, finder: FaceFinder()) == .photographs
  }

  /// Extracts the faces of photographs as `dflab extract` does, or resumes it.
  private static func extract(
    _ photographs: String, to faces: String, _ interruption: Interruption,
    _ report: (Int, Int) -> Void
  ) throws -> ExtractOutcome {
    var request = ExtractRequest(inputs: [photographs], out: faces)
    (request.keepsOneFace, request.minSize, request.minSharpness) = (true, smallest, sharpness)
    let inputs = try ExtractInput.all(of: [photographs])
    request.isForced = ExtractFolder(path: faces).isOutdated(for: request, inputs: inputs.count)
    do {
      return try withoutActuallyEscaping(report) { report in
        try ExtractRun.make(request, interruption: interruption) { event in
          if case .advanced(let done, _) = event { report(done, inputs.count) }
        }
      }
    } catch WorkflowError.noFaces(_, let frames, let found) {
      throw WorkflowError.fewFaces(
        path: photographs, pictures: frames, kept: 0,
        omitted: found > 0 ? "\(found) too small or too blurred" : "")
    }
  }
}

/// The user has interrupted a run before its training.
struct SwapInterrupted: Error {}

extension ExtractFolder {
  /// True if the folder holds an extraction that is to be replaced: by other settings or another
  /// version, or of a folder that has gained or lost pictures since.
  func isOutdated(for request: ExtractRequest, inputs: Int) -> Bool {
    guard let data = FileManager.default.contents(atPath: note),
      let record = try? JSONDecoder().decode(Record.self, from: data)
    else { return false }
    let wanted = request.stored(in: Workspace.of(path))
    return record.version != Program.version
      || record.request.settingChoices.difference(to: wanted.settingChoices) != nil
      || record.state.isDone && record.state.inputs != inputs
  }
}

extension ExtractOutcome {
  /// What was left out and why, as in "3 without a face, 2 too blurred, 1 unreadable"; empty for
  /// nothing.
  public var omitted: String {
    func text(_ count: Int, _ reason: String) -> String? { count > 0 ? "\(count) \(reason)" : nil }
    let reasons: [(FaceLimits.Reason, String)] = [
      (.otherIdentity, "of other identities"), (.small, "too small"), (.blurred, "too blurred"),
    ]
    let rejections = reasons.map { text(rejected[$0.rawValue] ?? 0, $1) }
    return ([text(withoutFaces, "without a face")] + rejections + [text(notes.count, "unreadable")])
      .compactMap(\.self).joined(separator: ", ")
  }
}
