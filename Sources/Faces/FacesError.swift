/// What can go wrong with faces for reasons outside the program.
public enum FacesError: Error, Equatable, CustomStringConvertible {
  /// There is nothing at the path.
  case missingFolder(path: String)
  /// There is a file where a folder should be.
  case notAFolder(path: String)
  /// The folder's names cannot be listed.
  case unreadableFolder(path: String, reason: String)
  /// No file in the folder has the name of a picture.
  case noPictures(path: String)
  /// Too few of the pictures can be used; `reasons` holds the first ones why others cannot.
  case tooFewPictures(path: String, usable: Int, skipped: Int, reasons: [String])
  /// A line of a face set's manifest cannot be used.
  case brokenManifest(path: String, line: Int, reason: String)
  /// A face set's manifest cannot be read.
  case unreadableManifest(path: String, reason: String)
  /// A face set's manifest cannot be written.
  case unwritableManifest(path: String, reason: String)
  /// Both faces are to be learnt from one folder.
  case sameFolder(path: String, other: String)
  /// There is no landmark model at the path.
  case noLandmarks(path: String)
  /// The file is no landmark model.
  case unusableLandmarks(path: String, reason: String)
  /// A picture cannot be searched.
  case findingFailed(reason: String)

  /// What is wrong and what to do, for the user.
  public var description: String {
    switch self {
    case .missingFolder(let path):
      "There is no folder '\(path)'. Check the path; a face set is a folder of pictures of one face."
    case .notAFolder(let path):
      "'\(path)' is a file, not a folder. Name the folder that holds the pictures of one face."
    case .unreadableFolder(let path, let reason):
      "The folder '\(path)' cannot be read: \(reason). Check its permissions."
    case .noPictures(let path):
      "The folder '\(path)' holds no pictures. JPEG and PNG files are read (names in .jpg, .jpeg or "
        + ".png); pictures in folders inside it are not."
    case .tooFewPictures(let path, let usable, let skipped, let reasons):
      "The folder '\(path)' holds too few pictures that can be used: \(usable), where at least "
        + "\(FaceFolder.fewest) are needed\(FacesError.skips(skipped, reasons)). "
        + "Add more pictures of this face."
    case .brokenManifest(let path, let line, let reason):
      "Line \(line) of '\(path)' cannot be used: \(reason). Mend or delete that line, or make the "
        + "face set anew; without '\(FaceSet.manifestName)' the folder's pictures are a face set too."
    case .unreadableManifest(let path, let reason):
      "'\(path)' cannot be read: \(reason). Check its permissions, or make the face set anew."
    case .unwritableManifest(let path, let reason):
      "'\(path)' cannot be written: \(reason). What it lists already is kept; "
        + "make room or make it writable, and call the same command again."
    case .sameFolder(let path, let other):
      "'\(path)' and '\(other)' are the same folder. A swap needs the faces of two people: "
        + "name another folder for one of them."
    case .noLandmarks(let path):
      "There is no landmark model at '\(path)'. Install Debian's: apt-get install libdlib-data; or "
        + "let \(LandmarkModel.variable) name dlib's shape_predictor_68_face_landmarks.dat."
    case .unusableLandmarks(let path, let reason):
      "'\(path)' cannot be used as a landmark model: \(reason). Take dlib's "
        + "shape_predictor_68_face_landmarks.dat, which is in Debian's package libdlib-data."
    case .findingFailed(let reason):
      "A picture cannot be searched for faces: \(reason). Try a smaller one."
    }
  }

  private static func skips(_ count: Int, _ reasons: [String]) -> String {
    guard count > 0 else { return "" }
    let more = count > reasons.count ? "; …" : ""
    return " (\(count) skipped: \(reasons.joined(separator: "; "))\(more))"
  }
}
