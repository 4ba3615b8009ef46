private import CDlib
import Foundation
import Media
private import Synchronization

/// dlib's model of 68 landmarks; owns the C handle, which is immutable, so threads share it.
@safe final class LandmarkModel: Sendable {
  /// The model's path in Debian's package libdlib-data.
  static let debianPath = "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"
  /// The environment variable for another model.
  static let variable = "DFLAB_LANDMARKS"

  private nonisolated(unsafe) let handle: OpaquePointer

  /// Reads a model file.
  init(reading path: String) throws(FacesError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noLandmarks(path: path) }
    var message = [CChar](repeating: 0, count: Int(CDLIB_ERROR_SIZE))
    guard let handle = unsafe cdlib_landmarker_make(path, &message) else {
      throw .unusableLandmarks(path: path, reason: text(message))
    }
    unsafe self.handle = handle
  }

  deinit { unsafe cdlib_landmarker_free(handle) }

  /// The landmarks of the face in a box, which may extend beyond the picture's edges.
  func place(in image: Image, box: FaceBox) throws(FacesError) -> [SIMD2<Float>] {
    var values = [Float](repeating: 0, count: 2 * Int(CDLIB_LANDMARKS))
    var message = [CChar](repeating: 0, count: Int(CDLIB_ERROR_SIZE))
    var face = cdlib_face()
    (face.x, face.y, face.width, face.height) = (box.x, box.y, box.width, box.height)
    let status = unsafe cdlib_place(
      handle, image.pixels, Int64(image.width), Int64(image.height), &face, &values, &message)
    guard status == 0 else { throw .findingFailed(reason: text(message)) }
    return stride(from: 0, to: values.count, by: 2).map { SIMD2(values[$0], values[$0 + 1]) }
  }
}

extension LandmarkModel {
  private static let loaded = Mutex<LandmarkModel?>(nil)

  /// The model of this process, loaded on first use.
  static func shared() throws(FacesError) -> LandmarkModel {
    let path = ProcessInfo.processInfo.environment[variable] ?? debianPath
    return try loaded.withLock { model throws(FacesError) in
      if let model { return model }
      let fresh = try LandmarkModel(reading: path)
      model = fresh
      return fresh
    }
  }
}
