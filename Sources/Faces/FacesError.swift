import Media

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
  /// A public dataset contains only real or only fake files.
  case oneClassLayout(path: String, layout: PublicLayout, label: Label, count: Int)
  /// A list of identities is invalid.
  case badIdentities(path: String, reason: String)
  /// What is known of a dataset's people cannot be used.
  case badPeople(path: String, reason: String)
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
      "No such folder: '\(path)'. Give a face set, a folder of pictures of one identity."
    case .notAFolder(let path):
      "'\(path)' is a file, not a folder. Give a face set, a folder of pictures of one identity."
    case .unreadableFolder(let path, let reason):
      "Cannot read folder '\(path)': \(reason). Check its permissions."
    case .noPictures(let path):
      "No pictures in '\(path)'. \(MediaKind.pictureFormats) files are read; subfolders are not."
    case .tooFewPictures(let path, let usable, let skipped, let reasons):
      "Too few usable pictures in '\(path)': \(usable), but at least \(FaceFolder.fewest) are "
        + "required\(FacesError.skips(skipped, reasons)). Add pictures of this identity."
    case .brokenManifest(let path, let line, let reason):
      "Invalid record in line \(line) of '\(path)': \(reason). Fix or delete the line, or recreate "
        + "the face set; without '\(FaceSet.manifestName)', all pictures in the folder are used."
    case .brokenSample(let path, let line, let reason):
      "Invalid record in line \(line) of '\(path)': \(reason). Fix or delete the line, or recreate "
        + "the dataset."
    case .noSamples(let path):
      "Labeled dataset '\(path)' is empty. Create one with 'dflab augment'."
    case .oneClass(let path, let label):
      "Labeled dataset '\(path)' has only \(label) samples; detectors need real and fake ones. Add "
        + "the others, or create a dataset with 'dflab augment'."
    case .leak(let path, let leak):
      "The splits of '\(path)' leak: \(leak.link) is in \(leak.firstSplit) ('\(leak.first)') and in "
        + "\(leak.secondSplit) ('\(leak.second)')"
        + (leak.rule.map {
          ", because \($0). If these files show different people, say so with --identities folder, "
            + "file, none, or FILE.csv; otherwise put"
        } ?? ". Put") + " all samples of an identity and of a clip into one split."
    case .tooFewGroups(let shares, let people, let groups, let needed):
      FacesError.tooFew(shares, people, groups, needed)
    case .oneClassLayout(let path, let layout, let label, let count):
      "'\(path)' has only \(label) files where \(layout.name) has them, \(count) of them; a dataset "
        + "needs real and fake ones. Download the others, or give the folder around both."
    case .badIdentities(let path, let reason):
      "Cannot use '\(path)' for --identities: \(reason). Give a CSV file with the columns 'path' and "
        + "'identity', one line for each file or folder."
    case .badPeople(let path, let reason):
      "Cannot use '\(path)': \(reason). Correct it, or remove it: it gives a column 'identity' and "
        + "one for each attribute of people."
    case .unknownLayout(let path, let reason):
      "Unknown dataset layout in '\(path)': \(reason). Supported layouts: "
        + PublicLayout.allCases.dropLast().map(\.name).joined(separator: ", ")
        + ", and \(PublicLayout.folders.name). See 'dflab datasets import --help'."
    case .unreadableManifest(let path, let reason):
      "Cannot read '\(path)': \(reason). Check its permissions, or recreate the dataset."
    case .unwritableManifest(let path, let reason):
      "Cannot write '\(path)': \(reason). Its records so far are kept. Free disk space or make it "
        + "writable, then rerun the command to resume."
    case .sameFolder(let path, let other):
      "'\(path)' and '\(other)' are the same folder. A swap needs two identities: give two "
        + "different face sets."
    case .noLandmarks(let path):
      "No landmark model at '\(path)'. Install it with 'apt-get install libdlib-data', or set "
        + "\(LandmarkModel.variable) to the path of shape_predictor_68_face_landmarks.dat."
    case .unusableLandmarks(let path, let reason):
      "Invalid landmark model '\(path)': \(reason). Use dlib's "
        + "shape_predictor_68_face_landmarks.dat (Debian package libdlib-data)."
    case .findingFailed(let reason):
      "Face detection failed: \(reason). Use a smaller picture."
    }
  }

  private static func tooFew(
    _ shares: String, _ people: Int, _ groups: Int, _ needed: Int
  ) -> String {
    let found = people == 1 ? "1 identity" : "\(people) identities"
    let linked =
      groups == people
      ? found
      : "\(found) in \(groups == 1 ? "1 identity group" : "\(groups) identity groups"), linked by clips or swap models"
    return
      "The split \(shares) needs at least \(needed) identities that share no clip or swap model; "
      + "found \(linked). Add identities ('dflab faces synthesize --people 12'), or use one split, "
      + "such as --split 100/0/0, and test on another dataset."
  }

  private static func skips(_ count: Int, _ reasons: [String]) -> String {
    guard count > 0 else { return "" }
    let more = count > reasons.count ? "; …" : ""
    return " (\(count) skipped: \(reasons.joined(separator: "; "))\(more))"
  }
}
