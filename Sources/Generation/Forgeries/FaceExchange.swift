public import Engine
import Faces
import Media

/// Another real face with similar landmarks, blended onto this one, as in Face X-ray's blended
/// images (Li and others 2020).
///
/// The donor gets the colors of the face below, and is blended with a soft, displaced hull. The
/// boundary is kept as ground truth: 4 m (1 − m) of the mask m, 0 where only one of the two
/// pictures shows.
///
/// Parameters: `donor` (the identity), `distance` (of the aligned landmarks, root mean square in
/// pixels), `color`, `forehead`, `drawn_in`, `soft`, `region` where it is not the whole face.
public struct FaceExchange: ForgeryAlgorithm {
  /// The number of random donor candidates, of which the nearest is used.
  public var candidates = 100
  /// The probability that the mask ends at the brows.
  public var withoutForehead = 0.5
  /// The color transfers of the donor, equally likely.
  public var colors = [ColorTransfer.mean, .lab, .linear, .histogram]
  /// The part of the face that is exchanged, equally likely.
  public var shapes = [FaceShape.face]
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Displaced outlines and soft edges as in self-blended images.
  public init() { (edge.elasticStrength, edge.elasticDeviation) = (450, 24) }

  public func fault(at path: String) -> String? {
    shapes.isEmpty ? "'\(path).shapes' must not be empty" : nil
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let faces = material.faces
    guard
      let (number, distance) = nearest(
        to: face, of: faces, donors: material.donors, chance: &chance),
      let donorLandmarks = faces[number].landmarks, let landmarks = face.landmarks
    else { return nil }
    let donor = faces[number]
    let hasForehead = !chance.happens(withoutForehead)
    let transfer = chance.one(of: colors)
    // Through the crop, which both faces are aligned to.
    let toAligned = FaceAlignment(landmarks: landmarks).map
    let donorToAligned = FaceAlignment(landmarks: donorLandmarks).map
    let away = toAligned.inverse
    let moved = donorLandmarks.map { SIMD2<Float>(away(donorToAligned(SIMD2<Double>($0)))) }
    let shape = chance.only(of: shapes)
    // Only where both pictures have a face, so that none of the donor's background is included.
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, shape, includesForehead: hasForehead).shared(
        with: FaceRegion(landmarks: moved, shape, includesForehead: hasForehead)), chance: &chance)
    let warped = donor.picture(movedOnto: landmarks)
    let colored = transfer.colored(warped, like: face.image, mask: mask)
    var parameters = drawn
    parameters["donor"] = .word(donor.identity)
    parameters["distance"] = .number(distance)
    if shape != .face { parameters["region"] = .word(shape.rawValue) }
    parameters["color"] = .word(transfer.rawValue)
    parameters["forehead"] = .boolean(hasForehead)
    return Forgery(
      image: face.image.mixed(with: colored, by: mask), parameters: parameters, donor: number,
      identity: donor.identity, boundary: mask.map { 4 * $0 * (1 - $0) }.gray, mask: mask)
  }

  /// The nearest of some random donors by landmarks, and its distance in pixels.
  private func nearest(
    to face: RealFace, of faces: [RealFace], donors: [Int], chance: inout RandomSource
  ) -> (number: Int, distance: Double)? {
    guard let own = face.landmarks, !donors.isEmpty else { return nil }
    let places = FaceExchange.aligned(own)
    let drawn =
      donors.count <= candidates
      ? donors : (0..<max(1, candidates)).map { _ in chance.one(of: donors) }
    var best: (number: Int, distance: Double)?
    for number in drawn {
      guard let other = faces[number].landmarks else { continue }
      var sum: Float = 0
      for (point, place) in zip(FaceExchange.aligned(other), places) {
        sum += ((point - place) * (point - place)).sum()
      }
      let distance = Double(sum / Float(own.count)).squareRoot()
      if distance < best?.distance ?? .infinity { best = (number, distance) }
    }
    return best
  }
}

extension FaceExchange {
  /// Landmarks in the crop, so that the position of a face in its picture does not matter.
  fileprivate static func aligned(_ landmarks: [SIMD2<Float>]) -> [SIMD2<Float>] {
    FaceAlignment(landmarks: landmarks).place(landmarks)
  }
}

extension ColorTransfer {
  /// A picture with its colors matched to those of `original`, both weighted by a mask.
  ///
  /// Colors are sampled at every fourth pixel of every fourth row.
  func colored(_ image: Image, like original: Image, mask: Plane) -> Image {
    let step = 4
    let (columns, rows) = (image.width / step, image.height / step)
    guard self != .none, columns > 0, rows > 0 else { return image }
    var places: [Int] = []
    for row in 0..<rows {
      for column in 0..<columns { places.append((row * image.width + column) * step) }
    }
    func patch(_ image: Image) -> FacePatch {
      var values: [Float] = []
      values.reserveCapacity(places.count * 3)
      for place in places {
        for part in place * 3..<place * 3 + 3 { values.append(Float(image.pixels[part]) / 255) }
      }
      return FacePatch(width: columns, height: rows, values: values)
    }
    let change = change(
      of: patch(image), to: patch(original), mask: places.map { mask.values[$0] })
    var whole = FacePatch(of: image, columns: 0..<image.width, rows: 0..<image.height)
    change.apply(to: &whole)
    return whole.image
  }
}
