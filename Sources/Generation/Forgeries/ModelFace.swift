import Engine
import Faces
import Media

/// A face that a swap model generated from the center of a picture.
struct ModelFace {
  /// The picture that the face belongs into, 256×256.
  let picture: Image
  /// The face, of the model's size.
  private(set) var face: FacePatch
  /// The face of that picture.
  let original: FacePatch
  /// The model's own mask of the same size, 0…1; nil if it has none.
  private let mask: [Float]?

  /// The output of a side's decoder for a picture's face.
  ///
  /// - Parameters:
  ///   - picture: the model's input.
  ///   - place: the picture that the face belongs into; nil for the input.
  ///   - change: a change of the latent code before decoding.
  init(
    of picture: Image, onto place: Image? = nil, by model: ForgeryModel, to side: Side,
    change: (Tensor) -> Tensor = { $0 }
  ) {
    self.picture = place ?? picture
    let seen = Crop.face(picture, side: model.model.side)
    // On one thread, so that the bits do not depend on the caller's threads.
    let made = ThreadPool.with(threads: 1) {
      let (encoder, decoder) = (model.model.encoder, model.model.decoder(side))
      let code = change(encoder(seen))
      return SwappedFaces(decoder(code))
    }
    face = FacePatch(of: made.faces, at: 0)
    mask = made.masks?.values
    original = FacePatch(of: place.map { Crop.face($0, side: model.model.side) } ?? seen, at: 0)
  }

  /// Applies color transfer, blending and sharpening.
  mutating func fit(_ finish: FaceFinish, mask: Plane) {
    if finish.sharpening > 0 { face = face.sharpened(by: finish.sharpening) }
    let weights = ModelFace.weights(mask, side: face.width)
    finish.color.apply(to: &face, like: original, mask: weights)
    if finish.blend == .poisson { face = face.joined(to: original, mask: weights) }
  }

  /// The picture with the whole face in the region of `Crop`, including its edges.
  var layer: Image {
    let region = CropRegion(width: picture.width, height: picture.height)
    let (columns, rows) = (region.columns, region.rows)
    var layer = picture
    layer.paste(
      face.resized(into: region).image, x: columns.lowerBound, y: rows.lowerBound)
    return layer
  }

  /// Whether the model has its own mask.
  var hasMask: Bool { mask != nil }

  /// The model's own mask at the picture's pixels; nil if it has none.
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

  /// The mask at the face's `side`×`side` pixels.
  static func weights(_ mask: Plane, side: Int) -> [Float] {
    let step = Double(mask.width) * Crop.coverage / Double(side)
    let margin = Double(mask.width) * (1 - Crop.coverage) / 2
    return (0..<side * side).map { pixel in
      let x = Int(margin + (Double(pixel % side) + 0.5) * step)
      let y = Int(margin + (Double(pixel / side) + 0.5) * step)
      return mask[x: x, y: y]
    }
  }
}

/// How a generated face is fitted into the picture.
struct FaceFinish {
  var color: ColorTransfer
  var blend: BlendMode
  var sharpening: Float
}
