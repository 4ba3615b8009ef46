import Engine
import Faces
import Media

/// A face that a swap model made of the center of a picture.
struct ModelFace {
  /// The picture that it was made from, 256×256.
  let picture: Image
  /// The face, 64×64.
  private(set) var face: FacePatch
  /// What the model saw.
  let original: FacePatch
  /// The mask that the model made beside the face, 64×64 in 0…1, if it does.
  private let mask: [Float]?

  /// What the decoder of a side makes of a picture's face.
  ///
  /// - Parameter change: of the code, before it is decoded.
  init(
    of picture: Image, by model: ForgeryModel, to side: Side,
    change: (Tensor) -> Tensor = { $0 }
  ) {
    self.picture = picture
    let seen = Crop.face(picture)
    // On one thread, so that the bits are the same whoever asks, from whichever thread.
    let made = ThreadPool.with(threads: 1) {
      let (encoder, decoder) = (model.model.encoder, model.model.decoder(side))
      let code = change(encoder(seen))
      return SwappedFaces(decoder(code))
    }
    face = FacePatch(of: made.faces, at: 0)
    mask = made.masks?.values
    original = FacePatch(of: seen, at: 0)
  }

  /// Gives the face the light of the picture, its edge the picture's, and more detail.
  mutating func fit(_ finish: FaceFinish, mask: Plane) {
    if finish.sharpening > 0 { face = face.sharpened(by: finish.sharpening) }
    let weights = ModelFace.weights(mask)
    finish.color.apply(to: &face, like: original, mask: weights)
    if finish.blend == .poisson { face = face.joined(to: original, mask: weights) }
  }

  /// The picture with the whole face in it, where `Crop` took it from; edges and all.
  var layer: Image {
    let region = CropRegion(width: picture.width, height: picture.height)
    let (columns, rows) = (region.columns, region.rows)
    var layer = picture
    layer.paste(
      face.resized(into: region).image, x: columns.lowerBound, y: rows.lowerBound)
    return layer
  }

  /// Whether the model made a mask beside the face.
  var hasMask: Bool { mask != nil }

  /// The model's own mask at the picture's pixels; nil where it makes none.
  var ownMask: Plane? {
    guard let mask else { return nil }
    let region = CropRegion(width: picture.width, height: picture.height)
    let patch = FacePatch(
      width: face.width, height: face.height,
      values: mask.flatMap { repeatElement($0, count: 3) }
    ).resized(into: region)
    var plane = Plane(width: picture.width, height: picture.height)
    for (line, row) in region.rows.enumerated() {
      for (place, column) in region.columns.enumerated() {
        let value = patch.values[(line * region.columns.count + place) * 3]
        plane.values[row * plane.width + column] = min(max(value, 0), 1)
      }
    }
    return plane.fadedOutsideCrop
  }

  /// The mask at the face's 64×64 pixels.
  static func weights(_ mask: Plane) -> [Float] {
    let step = Double(mask.width) * Crop.coverage / Double(Crop.side)
    let margin = Double(mask.width) * (1 - Crop.coverage) / 2
    return (0..<Crop.side * Crop.side).map { pixel in
      let x = Int(margin + (Double(pixel % Crop.side) + 0.5) * step)
      let y = Int(margin + (Double(pixel / Crop.side) + 0.5) * step)
      return mask[x: x, y: y]
    }
  }
}

/// How a model's face is fitted into the picture.
struct FaceFinish {
  var color: ColorTransfer
  var blend: BlendMode
  var sharpening: Float
}
