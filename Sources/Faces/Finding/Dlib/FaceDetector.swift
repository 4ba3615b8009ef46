private import CDlib
import Media
private import Synchronization

/// dlib's detector of frontal faces; owns the C handle.
///
/// It serves one thread at a time, which `using` ensures.
@safe final class FaceDetector: @unchecked Sendable {
  /// The maximum number of faces that are returned, those with the highest scores.
  static let mostFaces = 256

  private let handle: OpaquePointer

  private init() throws(FacesError) {
    var message = [CChar](repeating: 0, count: Int(CDLIB_ERROR_SIZE))
    guard let handle = unsafe cdlib_finder_make(&message) else {
      throw .findingFailed(reason: text(message))
    }
    unsafe self.handle = handle
  }

  deinit { unsafe cdlib_finder_free(handle) }

  /// The faces of at least 80 pixels, highest score first.
  func detect(
    in image: Image, threshold: Double
  ) throws(FacesError) -> [(box: FaceBox, score: Double)] {
    var faces = [cdlib_face](repeating: cdlib_face(), count: FaceDetector.mostFaces)
    var message = [CChar](repeating: 0, count: Int(CDLIB_ERROR_SIZE))
    let count = unsafe cdlib_find(
      handle, image.pixels, Int64(image.width), Int64(image.height), threshold, &faces,
      Int64(faces.count), &message)
    guard count >= 0 else { throw .findingFailed(reason: text(message)) }
    return faces.prefix(Int(count)).map { face in
      (FaceBox(x: face.x, y: face.y, width: face.width, height: face.height), face.score)
    }
  }
}

extension FaceDetector {
  /// Detectors that are not in use.
  private static let idle = Mutex<[FaceDetector]>([])

  /// The result of `body` with a detector that no other thread uses meanwhile.
  static func using<Result>(
    _ body: (FaceDetector) throws(FacesError) -> Result
  ) throws(FacesError) -> Result {
    let detector: FaceDetector
    if let rested = idle.withLock({ $0.popLast() }) {
      detector = rested
    } else {
      detector = try FaceDetector()
    }
    defer { idle.withLock { $0.append(detector) } }
    return try body(detector)
  }
}

/// A message from C, phrased for the middle of a sentence.
func text(_ message: [CChar]) -> String {
  let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return String(decoding: bytes, as: UTF8.self)
}
