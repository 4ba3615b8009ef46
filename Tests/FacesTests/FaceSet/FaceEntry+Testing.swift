@testable import Faces

extension FaceEntry {
  /// A line with everything, for a picture of the given name.
  static func full(_ file: String) -> FaceEntry {
    var line = FaceEntry(file: file, landmarks: .diagonal)
    line.source = "clip \"1\".mp4"
    line.frame = 12
    line.time = 0.48
    line.box = FaceBox(x: 10.5, y: 20, width: 300.25, height: 310)
    line.visible = (0..<68).map { $0 % 7 != 0 }
    line.matrix = AffineMap(row: [0.5, -0.25, 3.125, 0.25, 0.5, -8])
    line.blur = 152.125
    var pose = Pose()
    (pose.yaw, pose.pitch, pose.roll) = (0.25, -0.125, 0.0625)
    line.pose = pose
    line.identity = "p001"
    line.scene = Scene()
    line.mask = "masks/000001.png"
    line.depth = "depth/000001.png"
    return line
  }
}

extension [SIMD2<Float>] {
  /// 68 points.
  static var diagonal: [SIMD2<Float>] { (0..<68).map { SIMD2(Float($0) * 2.5, Float($0) + 0.25) } }
}
