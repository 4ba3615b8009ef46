import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Generation

@Suite struct SwapObstacleTests {
  /// The mean face, 100 pixels wide around a place, turned to the side by an angle.
  private func spot(x: Double, y: Double, yaw: Double) -> FaceSpot {
    FaceSpot(
      landmarks: MeanFace.points.map { point in
        let across = point.x * cos(yaw) + point.z * sin(yaw)
        return SIMD2<Float>(SIMD2(x + 100 * across, y + 100 * (point.y - 0.5)))
      })
  }

  private let image = Image(width: 400, height: 300, filled: Color(gray: 90))

  @Test func aFaceThatIsTurnedFartherThanThoseInTrainingIsLeft() {
    let poses = TrainedPoses(a: 0.2, b: 0.5)
    #expect(spot(x: 200, y: 150, yaw: 0.3).obstacle(in: image, poses: poses) == nil)
    for yaw in [0.45, -0.45] {
      #expect(spot(x: 200, y: 150, yaw: yaw).obstacle(in: image, poses: poses) == .turned)
      #expect(spot(x: 200, y: 150, yaw: yaw).obstacle(in: image, poses: nil) == nil)
    }
    #expect(TrainedPoses(a: nil, b: nil).limit == nil)
  }

  @Test func aFaceThatIsMostlyOutsideIsLeft() {
    #expect(spot(x: 20, y: 150, yaw: 0).obstacle(in: image, poses: nil) == nil)
    #expect(spot(x: 0, y: 150, yaw: 0).obstacle(in: image, poses: nil) == .cropped)
    #expect(spot(x: 200, y: 310, yaw: 0).obstacle(in: image, poses: nil) == .cropped)
  }

  @Test func withoutLandmarksNothingIsKnown() {
    let spot = FaceSpot(cropOfWidth: 400, height: 300, landmarks: nil)
    #expect(spot.obstacle(in: image, poses: TrainedPoses(a: 0, b: 0)) == nil)
  }

  @Test func aModelsFileStatesThePosesOfItsTrainingFaces() throws {
    let folder = try TemporaryFolder()
    let pictures = gradientPictures(51, seed: 1)
    let landmarks = (0..<51).map { spot(x: 128, y: 128, yaw: 0.01 * Double($0)).landmarks }
    let a = SwapFaces(training: pictures, heldOut: [pictures[0]], landmarks: landmarks)
    let b = SwapFaces(training: pictures, heldOut: [pictures[0]])
    let trainer = SwapTrainer(SwapSettings(.fast), a: a, b: b)
    let path = folder.path("model.safetensors")
    try trainer.save(to: path, by: "test")
    let poses = try #require(try TrainedPoses.reading(path))
    // One face in fifty may be mistaken.
    let yaw = try #require(poses.a)
    #expect(abs(yaw - 0.49) < 0.05 && poses.b == nil)
    try Checkpoint.write(trainer.model.parameters.entries, metadata: [:], to: path)
    #expect(try TrainedPoses.reading(path) == nil)
  }
}
