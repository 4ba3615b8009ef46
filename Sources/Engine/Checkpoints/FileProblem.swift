import Foundation

/// The reason why a file cannot be read or written, phrased as the end of a sentence.
struct FileProblem: Error, Equatable {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  /// The text for an error number of the system.
  init(code: Int32, path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let place = folder.isEmpty ? "this folder" : "the folder '\(folder)'"
    switch code {
    case ENOSPC: reason = "the disk is full; make room, or choose a folder on another disk"
    case EDQUOT: reason = "the disk quota is used up; make room, or choose another folder"
    case EFBIG: reason = "it would be larger than files may be here"
    case EACCES, EPERM: reason = "\(place) does not permit it"
    case EROFS: reason = "the disk is read-only"
    case EISDIR: reason = "it is a folder"
    default: reason = unsafe String(cString: strerror(code))
    }
  }
}
