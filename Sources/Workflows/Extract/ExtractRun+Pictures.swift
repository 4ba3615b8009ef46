import Engine
import Faces
import Media

extension ExtractRun {
  /// The number of pictures processed together.
  private static let batch = 32

  /// Extracts the faces of the next pictures.
  mutating func extractPictures(_ inputs: [ExtractInput]) throws {
    let first = record.state.inputs
    var end = first
    while end < inputs.count, end < first + ExtractRun.batch, case .picture = inputs[end] {
      end += 1
    }
    let paths = inputs[first..<end].enumerated().compactMap { offset, input -> String? in
      guard case .picture(let path) = input, (first + offset).isMultiple(of: request.every) else {
        return nil
      }
      return path
    }
    report(.began(input: paths.first ?? "", number: first + 1, of: inputs.count, frames: nil))
    let tracker = ClipTracker(
      finder: finder, smallest: request.smallest, extent: request.keepsOneFace ? .largest : .all)
    let results = ThreadPool.map(paths.count) { index in
      Result { try ExtractRun.portions(of: paths[index], tracker) }
    }
    var portions: [FacePortion] = []
    for result in results {
      switch result {
      case .success(let found):
        portions += found
        record.state.frames += 1
        record.state.empty += found.isEmpty ? 1 : 0
      case .failure(let error as MediaError): note(error.description)
      case .failure(let error): throw error
      }
    }
    try keep(portions)
    looked += paths.count
    record.state.inputs = end
    try save()
    report(.advanced(frames: end, kept: record.state.kept))
  }

  private static func portions(
    of path: String, _ tracker: ClipTracker
  ) throws -> [FacePortion] {
    let image = try Image(reading: path)
    return try tracker.track([image])
      .map(\.faces[0]).sorted { $0.box.width > $1.box.width }
      .map { face in
        FacePortion(
          part: FaceAlignment(landmarks: face.landmarks).part(of: image), source: path,
          frame: nil, time: nil, face: face, landmarks: face.landmarks, identity: nil)
      }
  }
}
