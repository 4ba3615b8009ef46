import Engine
public import Faces
import Media

/// The SHA-256 of faces: of their names, pixels and landmarks.
public enum FaceHash {
  /// The 32 bytes of a face's hash.
  public static func of(_ picture: FacePicture) -> [UInt8] {
    var hash = RunningHash()
    hash.update(Array(picture.name.utf8))
    hash.update(picture.image.pixels)
    for point in picture.landmarks ?? [] { hash.update(Array("\(point.x) \(point.y)".utf8)) }
    return hash.bytes
  }

  /// The hash of faces in their order, in hexadecimal digits; spread over the thread pool.
  public static func of(_ pictures: [FacePicture]) -> String {
    var hash = RunningHash()
    for part in ThreadPool.map(pictures.count, { of(pictures[$0]) }) { hash.update(part) }
    return hash.digits
  }
}
