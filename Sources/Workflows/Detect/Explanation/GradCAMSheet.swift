import Detection
import Faces
import Media

/// Grad-CAM maps: a row per person, the face first.
struct GradCAMSheet {
  let faces: [ScoredFace]
  let models: [DetectorModels.Model]

  /// The sheet as a picture; nil without a network, or without a face.
  func drawn() throws -> Image? {
    let networks = models.compactMap { model in
      (model.trained.detector as? NetworkDetector).map { (model.name, $0) }
    }
    let rows = faces.compactMap { face -> ContactSheet.Row? in
      guard let picture = face.picture else { return nil }
      let heats = networks.map { _, network in
        network.gradCAM(on: picture).map { picture.heated(by: $0.plane(side: picture.width)) }
      }
      return ContactSheet.Row(face.frame.map { "frame \($0)" } ?? "", [picture] + heats)
    }
    guard !networks.isEmpty, !rows.isEmpty else { return nil }
    return try ContactSheet(
      title: "", columns: ["face"] + networks.map(\.0), rows: rows, cellSize: 224
    ).drawn()
  }
}

extension Image {
  /// The picture with a red glow where `heat`, 0…1, is high.
  func heated(by heat: Plane) -> Image {
    var pixels = self.pixels
    for place in heat.values.indices {
      let strength = 0.7 * heat.values[place]
      let gray =
        (Float(pixels[place * 3]) + Float(pixels[place * 3 + 1]) + Float(pixels[place * 3 + 2])) / 3
      for (channel, glow) in [Float(255), 40, 20].enumerated() {
        let value = gray * (1 - strength) + glow * strength
        pixels[place * 3 + channel] = UInt8(min(max(value, 0), 255))
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
