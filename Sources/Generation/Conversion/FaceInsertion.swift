public import Engine
public import Faces
public import Media

/// How the edge of a face goes over into the picture.
public enum BlendMode: String, Codable, CaseIterable, Sendable {
  /// The mask's soft edge alone.
  case feather
  /// The face first takes on the light along the mask's edge (Poisson).
  case poisson
}

/// Puts swapped faces into pictures, wherever a face lies and however it is turned.
public struct FaceInsertion: Codable, Equatable, Sendable {
  /// Where the face shows.
  public var mask = EllipseMask()
  /// How the face takes on the picture's light.
  public var colour = ColourTransfer.lab
  /// How its edge goes over into the picture.
  public var blend = BlendMode.feather
  /// How much fine detail is raised, 0…1 and more; 0 for not at all.
  public var sharpening: Float = 0

  /// A soft ellipse with the picture's light.
  public init() {}

  /// What gives the faces of a batch the colours of the faces that they replace.
  ///
  /// - Parameters:
  ///   - faces: what the model made, `[N, 64, 64, 3]` in 0…1.
  ///   - originals: what it made them from, of the same shape.
  public func colours(of faces: Tensor, like originals: Tensor) -> [ColourChange] {
    let weights = weights(side: faces.shape[1])
    return Team.map(faces.shape[0]) { index in
      colour.change(
        of: FacePatch(of: faces, at: index), to: FacePatch(of: originals, at: index),
        mask: weights)
    }
  }

  /// The change of a picture that puts a face into it; nil where the face lies outside of it.
  ///
  /// - Parameters:
  ///   - faces: as in `colours`.
  ///   - originals: as in `colours`.
  ///   - index: which of them.
  ///   - colours: what `colours` gave for it, or a mean over time.
  ///   - image: the whole picture.
  ///   - alignment: where the face's aligned picture lies in it.
  public func patch(
    _ faces: Tensor, originals: Tensor, at index: Int, colours: ColourChange, into image: Image,
    alignment: FaceAlignment
  ) -> VideoPatch? {
    let place = FacePlace(alignment, in: image)
    guard let place, !place.columns.isEmpty, !place.rows.isEmpty else { return nil }
    var face = FacePatch(of: faces, at: index)
    if sharpening > 0 { face = face.sharpened(by: sharpening) }
    colours.apply(to: &face)
    if blend == .poisson {
      face = face.joined(
        to: FacePatch(of: originals, at: index), mask: weights(side: face.width))
    }
    let (columns, rows) = (place.columns, place.rows)
    let before = image.cropped(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
    let warped = place.picture(of: face)
    var after = before
    var shown = [UInt8](repeating: 0, count: columns.count * rows.count)
    for row in 0..<rows.count {
      for column in 0..<columns.count {
        let at = place.crop(column: column, row: row)
        let weight = mask.weight(x: at.x, y: at.y)
        guard weight > 0 else { continue }
        let pixel = row * columns.count + column
        let share = Int(weight * 256 + 0.5)
        shown[pixel] = UInt8(max(1, min(255, share)))
        for part in pixel * 3..<pixel * 3 + 3 {
          let own = Int(before.pixels[part])
          after.pixels[part] = UInt8(own + ((Int(warped.pixels[part]) - own) * share + 128) >> 8)
        }
      }
    }
    return VideoPatch(
      x: columns.lowerBound, y: rows.lowerBound, before: before, after: after, mask: shown)
  }

  /// The mask at `side`×`side` pixels, row by row.
  private func weights(side: Int) -> [Float] {
    let step = 1 / Double(side)
    return (0..<side * side).map { pixel in
      let (x, y) = (Double(pixel % side) + 0.5, Double(pixel / side) + 0.5)
      return Float(mask.weight(x: x * step, y: y * step))
    }
  }
}
