/// One frame of a sample that is a clip.
///
/// In JSON unknown values are omitted, and lengths in pixels are rounded to 0.01.
public struct SampleFrame: Equatable, Sendable {
  /// The aligned picture, below the dataset's folder.
  public var path: String
  /// The frame's time in its source, in seconds.
  public var time: Double
  /// The number of the frame in its source, from 0.
  public var frame: Int?
  /// The 68 points of iBUG 300-W, in pixels of the picture.
  public var landmarks: [SIMD2<Float>]?
  /// Where the face is in the source.
  public var box: FaceBox?
  /// Takes the source's pixels to those of the picture.
  public var matrix: AffineMap?
  /// The SHA-256 of the picture's file, in hexadecimal digits.
  public var hash: String?

  /// A frame with only the required values.
  public init(path: String, time: Double) { (self.path, self.time) = (path, time) }

  /// An inconsistency, phrased for the middle of a sentence; nil if there is none.
  var fault: String? {
    if !FaceEntry.isInside(path) { return "'path' of a frame must be a file below the folder" }
    if !time.isFinite { return "'time' of a frame must be a number of seconds" }
    if let landmarks, landmarks.count != FaceEntry.landmarkCount {
      return "a frame has \(landmarks.count) landmarks, not \(FaceEntry.landmarkCount)"
    }
    return hash.flatMap(Sample.fault(ofHash:))
  }
}

extension SampleFrame: Codable {
  private enum Key: String, CodingKey { case path, time, frame, landmarks, box, matrix, hash }

  /// Rejects inconsistent values with a message for the user.
  public init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    path = try line.decode(String.self, forKey: .path)
    time = try line.decode(Double.self, forKey: .time)
    frame = try line.decodeIfPresent(Int.self, forKey: .frame)
    landmarks = try line.decodeIfPresent([SIMD2<Float>].self, forKey: .landmarks)
    box = try FaceBox(line.decodeIfPresent([Double].self, forKey: .box))
    matrix = try AffineMap(line.decodeIfPresent([Double].self, forKey: .matrix))
    hash = try line.decodeIfPresent(String.self, forKey: .hash)
  }

  public func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(path, forKey: .path)
    try line.encode(time.rounded(digits: 6), forKey: .time)
    try line.encodeIfPresent(frame, forKey: .frame)
    try line.encodeIfPresent(
      landmarks?.map { ($0 * 100).rounded(.toNearestOrEven) / 100 }, forKey: .landmarks)
    try line.encodeIfPresent(box?.manifestRow, forKey: .box)
    try line.encodeIfPresent(matrix?.manifestRow, forKey: .matrix)
    try line.encodeIfPresent(hash, forKey: .hash)
  }
}
