import Detection
import Faces
import Media

/// Grad-CAM maps: a row per person, the face first.
struct GradCAMSheet {
  let faces: [ScoredFace]
  let models: [StoredDetector]

  /// The sheet as a picture; nil without a map of any network, or without a face.
  func drawn() throws -> Image? {
    let shown = faces.compactMap { face in face.clip.map { (face.frame, $0) } }
    let maps = try models.map { model in
      try shown.map { _, clip -> GradCAM? in
        guard model.requirements.lack(of: clip) == nil else { return nil }
        return try model.trained.detector.evidence(on: clip).lazy.compactMap { evidence in
          if case .gradCAM(let map) = evidence { map } else { nil }
        }.first
      }
    }
    let networks = models.indices.filter { index in maps[index].contains { $0 != nil } }
    guard !networks.isEmpty else { return nil }
    let rows = shown.enumerated().map { row, face in
      let picture = face.1.frames[0].crop
      let heats = networks.map { index in
        maps[index][row].map { picture.heated(by: $0.plane(side: picture.width)) }
      }
      return ContactSheet.Row(face.0.map { "frame \($0)" } ?? "", [picture] + heats)
    }
    return try ContactSheet(
      title: "", columns: ["face"] + networks.map { models[$0].name }, rows: rows, cellSize: 224
    ).drawn()
  }
}
