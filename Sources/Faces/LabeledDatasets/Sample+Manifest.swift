extension Sample: ManifestRecord {
  /// The name of a labeled dataset's manifest.
  public static let manifestName = "manifest.jsonl"

  /// The picture, below the dataset's folder.
  public var file: String { path }

  /// An inconsistency, phrased for the middle of a sentence; nil if there is none.
  public var fault: String? {
    if !FaceEntry.isInside(path) { return "'path' must be a path inside the folder" }
    if let boundary, !FaceEntry.isInside(boundary) {
      return "'boundary' must be a path inside the folder"
    }
    if identities.isEmpty || clips.isEmpty {
      return "'\(identities.isEmpty ? "identities" : "clips")' must not be empty"
    }
    if identities.count > Sample.mostSources || clips.count > Sample.mostSources {
      return "a sample has at most \(Sample.mostSources) identities and clips"
    }
    if method.isEmpty { return "'method' must not be empty" }
    if (method == Sample.real) != (label == .real) {
      return "'label' \(label.rawValue) contradicts 'method' '\(method)'"
    }
    if let landmarks, landmarks.count != FaceEntry.landmarkCount {
      return "it has \(landmarks.count) landmarks, not \(FaceEntry.landmarkCount)"
    }
    if let hash, hash.utf8.count != 64 || !hash.allSatisfy(\.isHexDigit) {
      return "'hash' must be 64 hexadecimal digits"
    }
    return nil
  }

  /// The error for a line of a labeled dataset.
  public static func broken(path: String, line: Int, reason: String) -> FacesError {
    .brokenSample(path: path, line: line, reason: reason)
  }

  /// The method of real samples.
  public static let real = "real"
  /// The maximum number of identities or clips of a sample.
  static let mostSources = 16
}
