/// Errors of faces with causes outside the program.
public enum FacesError: Error, Equatable, CustomStringConvertible {
  /// The path does not exist.
  case missingFolder(path: String)
  /// The path is a file, not a folder.
  case notAFolder(path: String)
  /// The folder cannot be listed.
  case unreadableFolder(path: String, reason: String)
  /// The folder contains no picture files.
  case noPictures(path: String)
  /// Too few pictures are usable; `reasons` holds the first reasons for skipping others.
  case tooFewPictures(path: String, usable: Int, skipped: Int, reasons: [String])
  /// A line of a face set's manifest is invalid.
  case brokenManifest(path: String, line: Int, reason: String)
  /// A line of a labeled dataset's manifest is invalid.
  case brokenSample(path: String, line: Int, reason: String)
  /// A labeled dataset is empty.
  case noSamples(path: String)
  /// A labeled dataset contains only real or only fake samples.
  case oneClass(path: String, label: Label)
  /// An identity or a clip is in two splits.
  case leak(path: String, SplitLeak)
  /// There are fewer identity groups than splits to be filled.
  case tooFewGroups(shares: String, people: Int, groups: Int, needed: Int)
  /// A folder does not have a known dataset layout.
  case unknownLayout(path: String, reason: String)
  /// A manifest cannot be read.
  case unreadableManifest(path: String, reason: String)
  /// A manifest cannot be written.
  case unwritableManifest(path: String, reason: String)
  /// Both faces have the same folder.
  case sameFolder(path: String, other: String)
  /// There is no landmark model at the path.
  case noLandmarks(path: String)
  /// The file is not a landmark model.
  case unusableLandmarks(path: String, reason: String)
  /// A picture cannot be searched.
  case findingFailed(reason: String)

  /// The error and its remedy, for the user.
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
    case .brokenSample(let path, let line, let reason):
      "Line \(line) of '\(path)' cannot be used: \(reason). Mend or delete that line, or make the "
        + "labeled set anew."
    case .noSamples(let path):
      "The labeled set '\(path)' lists no picture. Make one with 'dflab augment'."
    case .oneClass(let path, let label):
      "The labeled set '\(path)' holds \(label) pictures alone. Telling real from fake takes both: "
        + "add the others, or make a set with 'dflab augment'."
    case .leak(let path, let leak):
      "The splits of '\(path)' leak: \(leak.kin) is in \(leak.firstSplit) ('\(leak.first)') and in "
        + "\(leak.secondSplit) ('\(leak.second)'). Figures on such a set mean nothing; put all "
        + "pictures of a person and of a clip into one split."
    case .tooFewGroups(let shares, let people, let groups, let needed):
      FacesError.tooFew(shares, people, groups, needed)
    case .unknownLayout(let path, let reason):
      "'\(path)' cannot be taken for a data set: \(reason). Known are FaceForensics++, Celeb-DF, "
        + "DFDC (with metadata.json), and folders 'real' and 'fake'."
    case .unreadableManifest(let path, let reason):
      "'\(path)' cannot be read: \(reason). Check its permissions, or make the set anew."
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

  private static func tooFew(
    _ shares: String, _ people: Int, _ groups: Int, _ needed: Int
  ) -> String {
    let who = people == 1 ? "1 person" : "\(people) people"
    let tied =
      groups == people
      ? who
      : "\(who) in \(groups == 1 ? "1 group" : "\(groups) groups"), tied by clips or swap models"
    return
      "The split \(shares) needs at least \(needed) people who share no clip and no swap model, "
      + "so that nobody is in two parts; there "
      + "\(people == 1 || groups == 1 && groups == people ? "is" : "are") \(tied). Add people "
      + "('dflab faces synthesize --people 12' renders some), or put all into one part, such as "
      + "--split 100/0/0, and test on another set."
  }

  private static func skips(_ count: Int, _ reasons: [String]) -> String {
    guard count > 0 else { return "" }
    let more = count > reasons.count ? "; …" : ""
    return " (\(count) skipped: \(reasons.joined(separator: "; "))\(more))"
  }
}
