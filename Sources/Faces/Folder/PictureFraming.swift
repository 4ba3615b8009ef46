import Engine
import Media

/// How the pictures of a folder without a manifest show faces.
public enum PictureFraming: Equatable, Sendable {
  /// Square crops in which the face lies where `FaceAlignment` puts it.
  case aligned
  /// Photographs, in which faces are somewhere.
  case photographs

  /// Looks at some pictures of a folder, evenly spread.
  ///
  /// A square picture of at most `smallCrop` pixels is taken for a crop, because a photograph is larger
  /// and the face finder needs more. In a larger square one the face is searched; a picture that is
  /// not square is a photograph. Most of them decide. Unreadable pictures, and larger square ones
  /// without a face, decide nothing; if all are such, the folder counts as photographs.
  public init(of folder: String, finder: FaceFinder) throws(FacesError) {
    let names = FaceFolder.thinned(try FolderListing.pictureNames(in: folder), to: 24)
    let results = ThreadPool.map(names.count) { index in
      Result { () throws(FacesError) in
        guard let image = try? Image(reading: FolderListing.path(of: names[index], in: folder))
        else { return PictureFraming?.none }
        return try PictureFraming(of: image, finder: finder)
      }
    }
    var crops = 0
    var photographs = 0
    for result in results {
      switch try result.get() {
      case .aligned: crops += 1
      case .photographs: photographs += 1
      case nil: break
      }
    }
    self = crops > photographs ? .aligned : .photographs
  }

  /// The framing of one picture; nil if it cannot be told.
  init?(of image: Image, finder: FaceFinder) throws(FacesError) {
    guard image.width == image.height else {
      self = .photographs
      return
    }
    guard image.width > PictureFraming.smallCrop else {
      self = .aligned
      return
    }
    let side = Crop.pictureSide
    let small = image.resized(
      width: side, height: side, filter: image.width > side ? .area : .lanczos)
    let faces = try finder.find(in: small, extent: .largest)
    guard let face = faces.max(by: { $0.box.width < $1.box.width }) else { return nil }
    self =
      PictureFraming.offset(of: face.landmarks) <= PictureFraming.most ? .aligned : .photographs
  }

  /// The mean distance of the inner landmarks from those of an aligned crop, 256×256, in pixels.
  static func offset(of landmarks: [SIMD2<Float>]) -> Double {
    let sum = MeanFace.inner.reduce(0.0) { sum, index in
      let away = SIMD2<Double>(landmarks[index]) - MeanFace.aligned[index]
      return sum + (away * away).sum().squareRoot()
    }
    return sum / Double(MeanFace.inner.count)
  }

  /// The maximum side of a picture that is taken for a crop unseen.
  static let smallCrop = 128
  /// The maximum offset of a crop's landmarks.
  ///
  /// That of aligned crops is below 8.5 for 99 of 100 faces, at any pose that the finder knows (LFW and
  /// video); in crops of a detector's box it is mostly above 13.
  static let most = 11.0
}
