import Engine
import Faces
import Media

/// Another real face of nearly the same landmarks, laid onto this one, as in Face X-ray's blended
/// images (Li and others 2020).
///
/// The donor takes the colors of the face below, and shows through a soft, moved hull. The boundary
/// is kept as truth: 4 m (1 − m) of the mask m, 0 where only one of the two pictures shows.
///
/// Parameters: `donor` (whose face), `distance` (of the landmarks once both faces are aligned, root
/// mean square in pixels),
/// `color`, `forehead`, `drawn_in`, `soft`.
public struct FaceExchange: Codable, Equatable, Sendable {
  /// How many of the faces that may be put in are drawn, for the nearest of them to be taken.
  public var candidates = 100
  /// How often the mask ends at the brows.
  public var withoutForehead = 0.5
  /// How the donor takes on the light of the face below; all equally likely.
  public var colors = [ColorTransfer.mean, .lab, .linear, .histogram]
  /// How the mask is drawn.
  public var edge = MaskEdge()

  /// Moved outlines and soft edges as those of self-blended images.
  public init() { (edge.elasticStrength, edge.elasticDeviation) = (450, 24) }

  func forged(
    _ face: RealFace, faces: [RealFace], donors: [Int], chance: inout RandomSource
  ) -> Forgery? {
    guard let (number, distance) = nearest(to: face, of: faces, donors: donors, chance: &chance),
      let donorLandmarks = faces[number].landmarks, let landmarks = face.landmarks
    else { return nil }
    let donor = faces[number]
    let hasForehead = !chance.happens(withoutForehead)
    let transfer = chance.one(of: colors)
    // Through the aligned picture, which both faces are brought to.
    let toAligned = FaceAlignment(landmarks: landmarks).map
    let donorToAligned = FaceAlignment(landmarks: donorLandmarks).map
    let (back, away) = (donorToAligned.inverse, toAligned.inverse)
    let moved = donorLandmarks.map { SIMD2<Float>(away(donorToAligned(SIMD2<Double>($0)))) }
    // Only where both have a face, so that nothing around the donor's comes along.
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, includesForehead: hasForehead).shared(
        with: FaceRegion(landmarks: moved, includesForehead: hasForehead)), chance: &chance)
    let warped = donor.image.warped(
      columnX: back(toAligned.columnX) - back(.zero),
      columnY: back(toAligned.columnY) - back(.zero),
      origin: back(toAligned.origin), width: face.image.width, height: face.image.height)
    let colored = transfer.colored(warped, like: face.image, mask: mask)
    var parameters = drawn
    parameters["donor"] = .word(donor.identity)
    parameters["distance"] = .number(distance)
    parameters["color"] = .word(transfer.rawValue)
    parameters["forehead"] = .truth(hasForehead)
    return Forgery(
      image: face.image.mixed(with: colored, by: mask), parameters: parameters, donor: number,
      identity: donor.identity, boundary: mask.map { 4 * $0 * (1 - $0) }.gray, mask: mask)
  }

  /// The one of some drawn donors whose landmarks are nearest, and how near, in pixels.
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
  /// Landmarks as the aligned picture has them: where a face lies in its picture does not matter.
  fileprivate static func aligned(_ landmarks: [SIMD2<Float>]) -> [SIMD2<Float>] {
    FaceAlignment(landmarks: landmarks).place(landmarks)
  }
}

extension ColorTransfer {
  /// A picture with the colors that `original` has, both weighed by a mask.
  ///
  /// The colors are judged at every fourth pixel of every fourth row.
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
