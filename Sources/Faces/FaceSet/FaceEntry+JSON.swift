import Foundation

extension FaceEntry: Codable {
  private enum Key: String, CodingKey {
    case file, source, frame, time, box, landmarks, visible, matrix, blur, pose, identity, scene
    case mask, depth, score, brightness, inverse
  }

  /// Refuses inconsistent values, with a message for the user.
  public init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    file = try line.decode(String.self, forKey: .file)
    try FaceEntry.require(
      FaceEntry.isName(file), "'file' must be the name of a picture in the folder")
    source = try line.decodeIfPresent(String.self, forKey: .source)
    frame = try line.decodeIfPresent(Int.self, forKey: .frame)
    time = try line.decodeIfPresent(Double.self, forKey: .time)
    landmarks = try line.decode([SIMD2<Float>].self, forKey: .landmarks)
    try FaceEntry.require(
      landmarks.count == FaceEntry.landmarkCount,
      "it has \(landmarks.count) landmarks, not \(FaceEntry.landmarkCount)")
    visible = try line.decodeIfPresent([Bool].self, forKey: .visible)
    try FaceEntry.require(
      visible.map { $0.count == landmarks.count } ?? true,
      "'visible' must say true or false for each landmark")
    blur = try line.decodeIfPresent(Double.self, forKey: .blur)
    brightness = try line.decodeIfPresent(Double.self, forKey: .brightness)
    score = try line.decodeIfPresent(Double.self, forKey: .score)
    identity = try line.decodeIfPresent(String.self, forKey: .identity)
    scene = try line.decodeIfPresent(Scene.self, forKey: .scene)
    try FaceEntry.require(
      scene?.isRenderable ?? true, "'scene' has an invalid number")
    mask = try line.decodeIfPresent(String.self, forKey: .mask)
    depth = try line.decodeIfPresent(String.self, forKey: .depth)
    for (key, path) in [("mask", mask), ("depth", depth)] {
      try FaceEntry.require(
        path.map(FaceEntry.isInside) ?? true, "'\(key)' must be a path inside the folder")
    }
    box = try FaceBox(line.decodeIfPresent([Double].self, forKey: .box))
    matrix = try AffineMap(line.decodeIfPresent([Double].self, forKey: .matrix))
    pose = try line.decodeIfPresent([Double].self, forKey: .pose).counted(3, "pose").map {
      var pose = Pose()
      (pose.yaw, pose.pitch, pose.roll) = (Float($0[0]), Float($0[1]), Float($0[2]))
      return pose
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(file, forKey: .file)
    try line.encodeIfPresent(source, forKey: .source)
    try line.encodeIfPresent(frame, forKey: .frame)
    try line.encodeIfPresent(time?.rounded(digits: 6), forKey: .time)
    try line.encodeIfPresent(box?.manifestRow, forKey: .box)
    try line.encode(
      landmarks.map { ($0 * 100).rounded(.toNearestOrEven) / 100 }, forKey: .landmarks)
    try line.encodeIfPresent(visible, forKey: .visible)
    try line.encodeIfPresent(matrix?.manifestRow, forKey: .matrix)
    // For readers without matrix algebra: from the crop back to the source.
    try line.encodeIfPresent(matrix?.inverse.manifestRow, forKey: .inverse)
    try line.encodeIfPresent(blur?.rounded(digits: 3), forKey: .blur)
    try line.encodeIfPresent(brightness?.rounded(digits: 4), forKey: .brightness)
    try line.encodeIfPresent(score?.rounded(digits: 3), forKey: .score)
    try line.encodeIfPresent(
      pose.map { [$0.yaw, $0.pitch, $0.roll].map { Double($0).rounded(digits: 4) } },
      forKey: .pose)
    try line.encodeIfPresent(identity, forKey: .identity)
    try line.encodeIfPresent(scene, forKey: .scene)
    try line.encodeIfPresent(mask, forKey: .mask)
    try line.encodeIfPresent(depth, forKey: .depth)
  }

  private static func require(_ condition: Bool, _ reason: String) throws {
    guard condition else { throw RecordFault(reason: reason) }
  }
}

extension FaceEntry {
  /// True for the name of a file directly in the folder.
  static func isName(_ name: String) -> Bool {
    !name.utf8.contains(UInt8(ascii: "/")) && isInside(name)
  }

  /// True for a relative path that stays below the folder.
  static func isInside(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !path.utf8.contains(0)
      && parts.allSatisfy {
        !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
      }
  }
}

extension FaceEntry: ManifestRecord {
  /// The name of a face set's manifest.
  public static let manifestName = "faces.jsonl"

  /// Nil: inconsistent lines are refused when they are decoded.
  public var fault: String? { nil }

  /// The error for a line of a face set.
  public static func broken(path: String, line: Int, reason: String) -> FacesError {
    .brokenManifest(path: path, line: line, reason: reason)
  }
}
