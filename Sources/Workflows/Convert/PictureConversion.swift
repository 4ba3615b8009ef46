import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The conversion of a picture, or of all pictures of a folder.
struct PictureConversion {
  let request: ConversionRequest
  let model: SwapModel
  /// Those of the model's training faces; nil if unknown.
  let poses: TrainedPoses?
  let tracker: ClipTracker
  let like: ReferenceFace?

  init(_ request: ConversionRequest, weights: String) throws {
    self.request = request
    model = try SwapModel(reading: weights)
    poses = try TrainedPoses.reading(weights)
    let tracker = ClipTracker(finder: try FaceFinder())
    self.tracker = tracker
    like = try request.reference.map { try ReferenceFace($0, tracker) }
  }

  /// True if the input is a picture, or a folder.
  static func takes(_ input: String) -> Bool {
    Workspace.isFolder(input) || isPicture(input)
  }

  private static func isPicture(_ path: String) -> Bool {
    !path.contains("://") && MediaKind(at: path) == .picture
  }

  func run(
    _ interruption: Interruption, _ report: (ConversionEvent) -> Void
  ) throws -> ConversionOutcome {
    let start = ContinuousClock.now
    var outcome = ConversionOutcome(output: request.output)
    report(.began(input: request.input, done: 0))
    if Workspace.isFolder(request.input) {
      try convertFolder(&outcome, interruption, report)
    } else {
      guard SwapFile(request.output).name == request.output else {
        throw MediaError.unencodable(
          reason: "the extension of '\(request.output)' must be .png or .jpg")
      }
      outcome.frames = 1
      try convert(request.input, to: request.output, &outcome)
    }
    guard outcome.swapped > 0 || interruption.isAsked else {
      throw WorkflowError.unswapped(request.input, outcome)
    }
    outcome.seconds = start.duration(to: .now) / .seconds(1)
    return outcome
  }

  private func convertFolder(
    _ outcome: inout ConversionOutcome, _ interruption: Interruption,
    _ report: (ConversionEvent) -> Void
  ) throws {
    let names = try FolderListing.names(in: request.input)
      .filter { PictureConversion.isPicture("\(request.input)/\($0)") }
    for name in names where !interruption.isAsked {
      do throws(MediaError) {
        try convert(
          "\(request.input)/\(name)", to: "\(request.output)/\(SwapFile(name).name)", &outcome,
          name: name)
      } catch {
        outcome.notes.append(error.description)
      }
      outcome.frames += 1
      report(.converted(outcome.frames, of: names.count))
    }
  }

  /// Swaps the faces of one picture, and counts them; without faces, nothing is written.
  ///
  /// - Parameter name: the name of a picture in a folder, which is created if necessary.
  private func convert(
    _ path: String, to target: String, _ outcome: inout ConversionOutcome, name: String? = nil
  ) throws(MediaError) {
    var image = try Image(reading: path)
    do {
      var linker = TrackLinker()
      let ways = try tracker.track([image])
      let people = linker.link(ways, from: 0)
      let chosen = request.face.chosen(
        of: ways, people: people, at: 0, likeness: like.map { ways.map($0.likeness) },
        least: like?.least ?? 0)
      let found = chosen.compactMap { ways[$0][0] }.map { FaceSpot(landmarks: $0.landmarks) }
      outcome.facesFound += ways.count
      let obstacles = found.map { $0.obstacle(in: image, poses: poses) }
      for obstacle in obstacles.compactMap(\.self) {
        outcome.facesLeft[obstacle, default: 0] += 1
      }
      let spots = zip(found, obstacles).filter { $1 == nil }.map(\.0)
      guard !spots.isEmpty else {
        if let name {
          let reason = obstacles.compactMap(\.self).first?.reason ?? "no matching face"
          outcome.notes.append("Skipping '\(name)': \(reason).")
        }
        return
      }
      let crops = Crop.faces(
        of: spots.map { $0.alignment.picture(from: image) }, side: model.side)
      let made = model.swapped(crops, to: request.side)
      var patches: [VideoPatch] = []
      for (index, spot) in spots.enumerated() {
        let patch = request.insertion.patch(
          made, originals: crops, at: index, spot: spot, into: image)
        if let patch {
          image.paste(patch.after, x: patch.x, y: patch.y)
          outcome.fit.note(patch)
          patches.append(patch)
        }
      }
      if name != nil { try RunFolder.make(request.output) }
      let file = try image.encoded(
        as: SwapFile(target).format,
        mark: .composite(at: target, from: MarkSources(parent: path)))
      try WholeFile.write(file, to: target)
      outcome.swapped += 1
      outcome.facesSwapped += patches.count
      if let largest = patches.max(by: { $0.before.width < $1.before.width }) {
        outcome.shown.append(
          ShownFace(
            name: name, x: largest.x, y: largest.y, width: largest.before.width,
            height: largest.before.height))
      }
    } catch let error as MediaError {
      throw error
    } catch {
      throw .unencodable(reason: "\(error)")
    }
  }
}
