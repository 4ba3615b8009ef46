import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The swapping of all pictures of both people, resumable picture by picture.
struct SwapConversion {
  let folder: RunFolder
  let a, b: SwapSide
  let sharpen: Float
  let best: BestCheckpoint?
  /// The shape of the mask.
  let mask: MaskShape
  /// The direction of the swaps.
  let direction: SwapDirection

  /// The number of pictures to swap.
  var count: Int { sides.reduce(0) { $0 + $1.folder.pictures.count } }

  /// The sides whose pictures are swapped.
  private var sides: [SwapSide] { [a, b].filter { direction.swaps($0.side) } }

  /// The number of pictures already swapped with these weights.
  var done: Int {
    guard isCurrent else { return 0 }
    return sides.reduce(0) { sum, side in
      sum + side.folder.pictures.count { exists($0, side) }
    }
  }

  /// The swaps made with these weights.
  func made(by weights: String) -> [Artifact] {
    guard isCurrent else { return [] }
    return sides.flatMap { side in
      side.folder.pictures.map { picture in
        Artifact(
          path(picture, side), making: target(of: side).suffix(3).description,
          from: [.file(picture.path)], model: .file(weights))
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
    if !isCurrent { try begin() }
    var done = done
    var lost: MediaError?
    for side in sides {
      let missing = side.folder.pictures.filter { !exists($0, side) }
      for first in stride(from: 0, to: missing.count, by: 16) {
        if interruption.isUrgent { return }
        let part = Array(missing[first..<min(first + 16, missing.count)])
        let losses = try convert(part, of: side, with: model, precision)
        lost = lost ?? losses.first
        done += part.count - losses.count
        report(.swapped(done, of: count))
      }
    }
    if let lost { throw lost }
  }

  /// Swaps some pictures of one side; returns the errors of unreadable ones.
  private func convert(
    _ pictures: [FacePicture], of side: SwapSide, with model: SwapModel, _ precision: Precision
  ) throws -> [MediaError] {
    let crops = Crop.faces(of: pictures.map(\.image)).converted(to: precision)
    let made = model.swapped(crops, to: side.side.other)
    let faces = made.faces.converted(to: .float32)
    var blend = Blend()
    blend.sharpening = sharpen
    let mark = Mark.synthetic(by: Program.name)
    let files = ThreadPool.map(pictures.count) { [blend, mask] index in
      Result { () throws(MediaError) in
        let picture = pictures[index]
        // The ellipse is drawn at the picture's own size.
        let own =
          mask == .ellipse
          ? nil
          : mask.weights(landmarks: picture.landmarksInCrop, learned: made.masks, at: index)
        return try blend(faces, at: index, into: Image(reading: picture.path), mask: own)
          .encoded(as: SwapFile(picture.name).format, mark: mark)
      }
    }
    var losses: [MediaError] = []
    for (picture, file) in zip(pictures, files) {
      switch file {
      case .success(let bytes): try WholeFile.write(bytes, to: path(picture, side))
      case .failure(let loss): losses.append(loss)
      }
    }
    return losses
  }

  /// The settings of the swaps in the folder.
  private struct Making: Codable, Equatable {
    var best: BestCheckpoint?
    var sharpen: Float
    // Nil in older versions, for the ellipse and both directions.
    var mask: MaskShape?
    var direction: SwapDirection?
  }

  private var making: Making {
    Making(
      best: best, sharpen: sharpen, mask: mask == .ellipse ? nil : mask,
      direction: direction == .both ? nil : direction)
  }
  private var note: String { "\(folder.swaps)/made.json" }

  private var isCurrent: Bool {
    let data = FileManager.default.contents(atPath: note)
    return data.flatMap { try? JSONDecoder().decode(Making.self, from: $0) } == making
  }

  /// Clears the folder, and stores the settings of the new swaps.
  private func begin() throws {
    try? FileManager.default.removeItem(atPath: folder.swaps)
    for side in sides { try RunFolder.make(target(of: side)) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write([UInt8](try encoder.encode(making)) + [0x0A], to: note)
  }

  private func target(of side: SwapSide) -> String {
    "\(folder.swaps)/\(side.side.rawValue)2\(side.side.other.rawValue)"
  }

  private func path(_ picture: FacePicture, _ side: SwapSide) -> String {
    "\(target(of: side))/\(SwapFile(picture.name).name)"
  }

  private func exists(_ picture: FacePicture, _ side: SwapSide) -> Bool {
    FileManager.default.fileExists(atPath: path(picture, side))
  }
}
