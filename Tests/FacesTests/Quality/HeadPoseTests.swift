import Foundation
import Media
import TestSupport
import Testing

@testable import Faces

@Suite struct HeadPoseTests {
  /// The mean face turned, seen from far away.
  private func landmarks(_ pose: Pose) -> [SIMD2<Float>] {
    let (yaw, pitch, roll) = (Double(pose.yaw), Double(pose.pitch), Double(pose.roll))
    return MeanFace.points.map { point in
      // x right, y up, z towards the camera: lean, nod, turn.
      let (x, y, z) = (point.x, -point.y, point.z)
      let a = SIMD3(x * cos(roll) + y * sin(roll), y * cos(roll) - x * sin(roll), z)
      let b = SIMD3(a.x, a.y * cos(pitch) + a.z * sin(pitch), a.z * cos(pitch) - a.y * sin(pitch))
      let c = SIMD3(b.x * cos(yaw) + b.z * sin(yaw), b.y, b.z * cos(yaw) - b.x * sin(yaw))
      return SIMD2(Float(300 + 180 * c.x), Float(250 - 180 * c.y))
    }
  }

  @Test(arguments: [
    (0.0, 0.0, 0.0), (0.5, 0, 0), (-0.7, 0, 0), (0, 0.4, 0), (0, -0.3, 0), (0, 0, 0.6),
    (0.4, -0.2, 0.3), (-0.6, 0.3, -0.4),
  ])
  func theTurnOfAHeadIsFoundAgain(yaw: Double, pitch: Double, roll: Double) {
    var pose = Pose()
    (pose.yaw, pose.pitch, pose.roll) = (Float(yaw), Float(pitch), Float(roll))
    let found = Pose(landmarks: landmarks(pose))
    #expect(abs(found.yaw - pose.yaw) < 0.01)
    #expect(abs(found.pitch - pose.pitch) < 0.01)
    #expect(abs(found.roll - pose.roll) < 0.01)
  }

  @Test func landmarksInOnePlaceHaveNoPose() {
    #expect(Pose(landmarks: Array(repeating: SIMD2(5, 5), count: 68)) == Pose())
  }
}

@Suite struct FaceQualityTests {
  @Test func blurLowersTheSharpness() {
    let sharp = Image.noise(width: 256, height: 256)
    let blurred = sharp.resized(width: 64, height: 64, filter: .area)
      .resized(width: 256, height: 256, filter: .lanczos)
    let flat = Image(width: 256, height: 256, filled: Color(51, 51, 51))
    #expect(FaceQuality(of: sharp).sharpness > 10 * FaceQuality(of: blurred).sharpness)
    #expect(FaceQuality(of: flat).sharpness == 0)
    #expect(abs(FaceQuality(of: flat).brightness - 0.2) < 1e-6)
  }

  // >>> g = np.arange(256*256).reshape(256,256) * 7 % 256; c = g[48:208,48:208].astype(int)
  // >>> l = c[1:-1,:-2]+c[1:-1,2:]+c[:-2,1:-1]+c[2:,1:-1]-4*c[1:-1,1:-1]; l.var()  # 3318.278
  @Test func sharpnessIsTheVarianceOfTheLaplacian() {
    var pixels: [UInt8] = []
    for index in 0..<256 * 256 { pixels += Array(repeating: UInt8(index * 7 % 256), count: 3) }
    let quality = FaceQuality(of: Image(width: 256, height: 256, pixels: pixels))
    #expect(abs(quality.sharpness - 3318.278) < 0.01)
  }

  @Test func limitsSayWhyAFaceIsLeftOut() {
    let picture = Image.noise(width: 256, height: 256)
    let landmarks = MeanFace.aligned.map { SIMD2<Float>($0) }
    let face = TrackedFace(
      landmarks: landmarks, score: 1, thumbnail: Thumbnail(of: picture, landmarks: landmarks))
    let quality = FaceQuality(of: picture)
    func reason(_ change: (inout FaceLimits) -> Void) -> FaceLimits.Reason? {
      var limits = FaceLimits()
      change(&limits)
      var pose = Pose()
      pose.pitch = -0.5
      return limits.reason(against: face, pose: pose, quality: quality, last: face.thumbnail)
    }
    #expect(reason { _ in } == nil)
    #expect(reason { $0.size = 200 } == .small)
    #expect(reason { $0.size = 100 } == nil)
    #expect(reason { $0.score = 1.5 } == .lowScore)
    #expect(reason { $0.angle = 0.4 } == .largeAngle)
    #expect(reason { $0.brightness = 0.9 } == .dark)
    #expect(reason { $0.sharpness = 1e6 } == .blurred)
    #expect(reason { $0.difference = 0.01 } == .duplicate)
  }
}
