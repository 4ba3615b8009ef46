extension Sample: ManifestRecord {
  /// The name of a labeled dataset's manifest.
  public static let manifestName = "manifest.jsonl"

  /// The picture or the clip's folder, below the dataset's folder.
  public var file: String { path }

  /// A clip's line holds its frames' landmarks: at most a megabyte.
  public static var longestLine: Int { 1 << 20 }

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
    return hash.flatMap(Sample.fault(ofHash:)) ?? clipFault
  }

  /// An inconsistency of a clip; nil if there is none.
  private var clipFault: String? {
    guard let frames else {
      return rate == nil ? nil : "'rate' is given, and there are no 'frames'"
    }
    guard let rate, rate > 0, rate.isFinite else { return "'rate' of a clip must be above 0" }
    if frames.isEmpty || frames.count > Sample.mostFrames {
      return "'frames' must hold 1 to \(Sample.mostFrames), not \(frames.count)"
    }
    if landmarks != nil || hash != nil {
      return "'\(hash == nil ? "landmarks" : "hash")' of a clip must stand with its frames"
    }
    if zip(frames, frames.dropFirst()).contains(where: { $0.time >= $1.time }) {
      return "'frames' must be in the order of their 'time'"
    }
    if Set(frames.map(\.path)).count < frames.count { return "'frames' names a picture twice" }
    return frames.lazy.compactMap(\.fault).first
  }

  /// What is wrong with a hash; nil for none.
  static func fault(ofHash hash: String) -> String? {
    hash.utf8.count == 64 && hash.allSatisfy(\.isHexDigit)
      ? nil : "'hash' must be 64 hexadecimal digits"
  }

  /// The error for a line of a labeled dataset.
  public static func broken(path: String, line: Int, reason: String) -> FacesError {
    .brokenSample(path: path, line: line, reason: reason)
  }

  /// The method of real samples.
  public static let real = "real"
  /// The maximum number of identities or clips of a sample.
  static let mostSources = 16
  /// The maximum number of frames of a clip.
  public static let mostFrames = 600
}
