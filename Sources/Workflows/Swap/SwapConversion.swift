import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The swapping of all pictures of both people, resumable part by part.
///
/// The parts do not depend on interruptions, because the number of faces in a batch decides how they are
/// convolved, and with it the last bits.
struct SwapConversion {
  let folder: RunFolder
  let a, b: SwapSide
  /// How faces are put into the pictures.
  let insertion: FaceInsertion
  /// Those of the model's training faces; nil if unknown.
  let poses: TrainedPoses?
  let best: BestCheckpoint?
  /// The direction of the swaps.
  let direction: SwapDirection

  /// The number of pictures to swap.
  var count: Int { sides.reduce(0) { $0 + $1.folder.pictures.count } }

  /// The sides whose pictures are swapped.
  private var sides: [SwapSide] { [a, b].filter { direction.swaps($0.side) } }

  /// What was made of the pictures with these weights.
  var results: SwapPictures {
    var pictures = SwapPictures(pictures: count)
    guard let state = current else { return pictures }
    pictures.swapped = sides.reduce(0) { sum, side in
      sum + side.folder.pictures.count { exists($0, side) }
    }
    for obstacle in state.left.values.flatMap(\.values) {
      pictures.left[obstacle, default: 0] += 1
    }
    pictures.fit = state.fit
    return pictures
  }

  /// The swaps made with these weights.
  func made(by weights: String) -> [Artifact] {
    guard current != nil else { return [] }
    return sides.flatMap { side in
      side.folder.pictures.map { picture in
        Artifact(
          path(picture, side), making: folder(of: side).suffix(3).description,
          from: [.file(side.target(of: picture).path)], model: .file(weights))
      }
    }
  }

  /// Swaps the remaining pictures; swaps by other weights are removed first.
  ///
  /// An unreadable picture affects only its own swap; the error is thrown at the end.
  func run(
    _ model: SwapModel, precision: Precision, _ interruption: Interruption,
    _ report: (SwapEvent) -> Void
  ) throws {
    var state = try current ?? begin()
    var done = results.done
    var lost: MediaError?
    for side in sides {
      let left = state.left[side.side] ?? [:]
      let pictures = side.folder.pictures
      let parts = stride(from: 0, to: pictures.count, by: 16).map { first in
        Array(pictures[first..<min(first + 16, pictures.count)])
      }.enumerated().map { (index: $0, pictures: $1) }
      let missing = parts.filter { part in
        state.fits[side.side]?[part.index] == nil
          || part.pictures.contains { !exists($0, side) && left[$0.name] == nil }
      }
      guard !missing.isEmpty else { continue }
      let familiar = familiarFaces(of: side, model, precision)
      for part in missing {
        if interruption.isUrgent { return }
        let known = part.pictures.count { exists($0, side) || left[$0.name] != nil }
        var fit = InsertionFit()
        let losses = try convert(
          part.pictures, of: side, with: model, familiar, precision, &state, &fit)
        lost = lost ?? losses.first
        done += part.pictures.count - losses.count - known
        state.fits[side.side, default: [:]][part.index] = fit
        try write(state)
        report(.swapped(done, of: count))
      }
    }
    if let lost { throw lost }
  }

  /// Swaps some pictures of one side; returns the errors of unreadable ones.
  private func convert(
    _ pictures: [FacePicture], of side: SwapSide, with model: SwapModel,
    _ familiar: FamiliarFaces?, _ precision: Precision, _ state: inout State,
    _ fit: inout InsertionFit
  ) throws -> [MediaError] {
    let crops = Crop.faces(of: pictures.map(\.image), side: model.side)
    let areHidden = familiar?.areHidden(crops.converted(to: precision), of: side.side, by: model)
    let made = model.swapped(crops.converted(to: precision), to: side.side.other)
      .converted(to: .float32)
    // One photograph at a time in each thread, because they may be large.
    let files = ThreadPool.map(pictures.count) { [insertion, poses] index in
      Result { () throws(MediaError) in
        let target = side.target(of: pictures[index])
        var image = try Image(reading: target.path)
        let spot = target.spot(in: image)
        if let obstacle = spot.obstacle(in: image, poses: poses) { return Made.left(obstacle) }
        if areHidden?[index] ?? false { return .left(.hidden) }
        guard
          let patch = insertion.patch(made, originals: crops, at: index, spot: spot, into: image)
        else { return .left(.cropped) }
        image.paste(patch.after, x: patch.x, y: patch.y)
        var fit = InsertionFit()
        fit.note(patch)
        let mark = try Mark.composite(
          at: path(pictures[index], side), from: MarkSources(parent: target.path))
        return .file(try image.encoded(as: target.file.format, mark: mark), fit)
      }
    }
    var losses: [MediaError] = []
    for (picture, file) in zip(pictures, files) {
      switch file {
      case .success(.file(let bytes, let own)):
        if !exists(picture, side) { try WholeFile.write(bytes, to: path(picture, side)) }
        fit.add(own)
      case .success(.left(let obstacle)):
        state.left[side.side, default: [:]][picture.name] = obstacle
      case .failure(let loss): losses.append(loss)
      }
    }
    return losses
  }

  /// What is usual of a side's training faces, from some of them.
  private func familiarFaces(
    of side: SwapSide, _ model: SwapModel, _ precision: Precision
  ) -> FamiliarFaces? {
    let some = side.folder.trainingImages.sample(64)
    return FamiliarFaces(
      Crop.faces(of: some, side: model.side).converted(to: precision), of: side.side, by: model)
  }

  /// What came of a picture.
  private enum Made: Sendable {
    case file([UInt8], InsertionFit)
    case left(SwapObstacle)
  }

  /// The settings of the swaps in the folder, and what is not seen from the files.
  private struct State: Codable, Equatable {
    var best: BestCheckpoint?
    var insertion: FaceInsertion
    var direction: SwapDirection
    /// The faces that were left as they are, by the names of their pictures.
    var left: [Side: [String: SwapObstacle]] = [:]
    /// How well the faces fit, by side and part, for parts that were finished.
    var fits: [Side: [Int: InsertionFit]] = [:]

    /// How well all faces fit.
    var fit: InsertionFit {
      var sum = InsertionFit()
      for side in [Side.a, .b] {
        for (_, fit) in (fits[side] ?? [:]).sorted(by: { $0.key < $1.key }) { sum.add(fit) }
      }
      return sum
    }

    /// True for swaps with the same settings.
    func agrees(with other: State) -> Bool {
      best == other.best && insertion == other.insertion && direction == other.direction
    }
  }

  private var note: String { "\(folder.swaps)/made.json" }

  /// The state of the swaps in the folder; nil if they were made otherwise.
  private var current: State? {
    let data = FileManager.default.contents(atPath: note)
    let state = data.flatMap { try? JSONDecoder().decode(State.self, from: $0) }
    let wanted = State(best: best, insertion: insertion, direction: direction)
    return state.flatMap { $0.agrees(with: wanted) ? $0 : nil }
  }

  /// Clears the folder, and stores the settings of the new swaps.
  private func begin() throws -> State {
    try? FileManager.default.removeItem(atPath: folder.swaps)
    for side in sides { try RunFolder.make(folder(of: side)) }
    let state = State(best: best, insertion: insertion, direction: direction)
    try write(state)
    return state
  }

  private func write(_ state: State) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write([UInt8](try encoder.encode(state)) + [0x0A], to: note)
  }

  private func folder(of side: SwapSide) -> String {
    "\(folder.swaps)/\(side.side.rawValue)2\(side.side.other.rawValue)"
  }

  private func path(_ picture: FacePicture, _ side: SwapSide) -> String {
    "\(folder(of: side))/\(side.target(of: picture).file.name)"
  }

  private func exists(_ picture: FacePicture, _ side: SwapSide) -> Bool {
    FileManager.default.fileExists(atPath: path(picture, side))
  }
}
