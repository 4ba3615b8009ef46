import Engine
import Faces
import Generation
import Media

/// Whether two folders show the same person, as far as that can be told.
struct SwapSameness {
  /// What to tell the user; nil for nothing.
  let warning: String?

  /// The number of faces that are compared, up to twice as many.
  private static let compared = 32
  /// Faces of another folder are as similar as those of the same one up to this difference.
  private static let slack = 0.02

  /// Compares the pictures of both sides; throws if those of one are all among those of the other.
  init(_ a: SwapSide, _ b: SwapSide) throws {
    let prints = Set(a.folder.pictures.map(SwapSameness.print))
    let common = b.folder.pictures.count { prints.contains(SwapSameness.print($0)) }
    guard common < min(a.folder.pictures.count, b.folder.pictures.count) else {
      throw WorkflowError.samePictures(a: a.folder.path, b: b.folder.path)
    }
    if common > 0 {
      warning =
        "\(common == 1 ? "1 picture is" : "\(common) pictures are") in both folders. A swap needs "
        + "two identities."
    } else if SwapSameness.areAlike(a, b) {
      warning =
        "A and B look as similar to each other as pictures of one identity. A swap needs two."
    } else {
      warning = nil
    }
  }

  /// Some bytes that tell a picture from others.
  private static func print(_ picture: FacePicture) -> [UInt8] {
    stride(from: 0, to: picture.image.pixels.count, by: 997).map { picture.image.pixels[$0] }
  }

  /// Whether the faces of each side have matches in the other that are as good as those in their own.
  ///
  /// Only aligned faces, which have landmarks, are compared.
  private static func areAlike(_ a: SwapSide, _ b: SwapSide) -> Bool {
    guard a.faces.hasLandmarks, b.faces.hasLandmarks else { return false }
    let looks = [a, b].map { side in
      let some = side.folder.pictures.sample(compared)
      return ThreadPool.map(some.count) { Thumbnail(ofCrop: some[$0].image) }
    }
    func best(_ face: Thumbnail, _ others: some Sequence<Thumbnail>) -> Double {
      others.map { $0.likeness(to: face) }.max() ?? -1
    }
    return [(looks[0], looks[1]), (looks[1], looks[0])].allSatisfy { own, other in
      let within = own.indices.map { index in
        best(own[index], own.indices.filter { $0 != index }.map { own[$0] })
      }
      let across = own.map { best($0, other) }
      return across.reduce(0, +) >= within.reduce(0, +) - slack * Double(own.count)
    }
  }
}
