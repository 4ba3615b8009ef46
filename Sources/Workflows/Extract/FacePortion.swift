import Engine
import Faces
import Foundation
import Media
import Records

/// A found face before the quality check.
struct FacePortion: Sendable {
  /// The source, or the part of it that holds the crop.
  let part: PicturePart
  let source: String
  let frame: Int?
  let time: Double?
  let face: TrackedFace
  /// In pixels of the source; smoothed if requested.
  let landmarks: [SIMD2<Float>]
  /// The person's number, from 1; nil without tracking.
  let identity: String?
}

/// An aligned crop with its properties.
struct AlignedFace: Sendable {
  let portion: FacePortion
  let picture: Image
  let map: AffineMap
  let landmarks: [SIMD2<Float>]
  let pose: Pose
  let quality: FaceQuality

  init(_ portion: FacePortion) {
    let alignment = FaceAlignment(landmarks: portion.landmarks)
    self.portion = portion
    picture = alignment.picture(from: portion.part)
    map = alignment.map
    landmarks = alignment.place(portion.landmarks)
    pose = Pose(landmarks: portion.landmarks)
    quality = FaceQuality(of: picture)
  }

  private var mask: GrayImage {
    let (width, height) = (picture.width, picture.height)
    let values = LandmarkMask()(landmarks: landmarks, width: width, height: height)
    return GrayImage(width: width, height: height, values: values)
  }

  /// Writes the crop's files under a number and returns its line; crops of marked pictures and
  /// videos are marked.
  func write(_ number: Int, in folder: ExtractFolder, hasMask: Bool) throws -> FaceEntry {
    let name = NumberText.padded(number, to: 6)
    var line = FaceEntry(file: "\(name).jpg", landmarks: landmarks)
    let mark = try Mark.showing([portion.source], at: folder.path)
    (line.source, line.frame, line.time) = (portion.source, portion.frame, portion.time)
    (line.box, line.matrix, line.pose) = (FaceBox(around: portion.landmarks), map, pose)
    (line.blur, line.brightness) = (quality.sharpness, quality.brightness)
    (line.score, line.identity) = (portion.face.score, portion.identity)
    try WholeFile.write(
      try picture.encoded(as: .jpeg(quality: 95), mark: mark), to: "\(folder.path)/\(line.file)")
    if hasMask {
      let file = "masks/\(name).png"
      try WholeFile.write(
        try mask.encoded(mark: mark), to: "\(folder.path)/\(file)")
      line.mask = file
    }
    return line
  }
}
