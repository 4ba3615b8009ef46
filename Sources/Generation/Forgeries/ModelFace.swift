import Engine
import Faces
import Media

/// A face that a swap model made of the centre of a picture.
struct ModelFace {
  /// The picture that it was made from, 256×256.
  let picture: Image
  /// The face, 64×64, and what the model saw.
  private(set) var face: FacePatch
  let original: FacePatch

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
    let made = Team.with(threads: 1) {
      let (encoder, decoder) = (model.model.encoder, model.model.decoder(side))
      let code = change(encoder(seen))
      return decoder(code)
    }
    face = FacePatch(of: made, at: 0)
    original = FacePatch(of: seen, at: 0)
  }

  /// Gives the face the light of the picture, its edge the picture's, and more detail.
  mutating func fit(_ finish: FaceFinish, mask: Plane) {
    if finish.sharpening > 0 { face = face.sharpened(by: finish.sharpening) }
    let weights = ModelFace.weights(mask)
    finish.colour.apply(to: &face, like: original, mask: weights)
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

  /// The mask at the face's 64×64 pixels.
  private static func weights(_ mask: Plane) -> [Float] {
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
  var colour: ColourTransfer
  var blend: BlendMode
  var sharpening: Float
}
