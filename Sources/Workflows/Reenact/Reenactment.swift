import Faces
import Foundation
import Generation
import Media

/// What the conversion of a video needs in order to reenact its faces instead of swapping them.
struct Reenactment {
  let reenactor: Reenactor
  /// The driver's faces.
  let driver: DrivingClip
  /// The time at which the driver ends.
  let end: Double
  /// The file that the sound is taken from; nil for none.
  let sound: String?
  /// The driver's file.
  let source: String
  /// What identifies the driver, in the record of finished pieces.
  let making: [String]

  /// How differently the two heads may be turned, in radians of yaw and pitch.
  ///
  /// Codes follow the pose linearly only in a neighborhood.
  static let reach: (yaw: Float, pitch: Float) = (0.5, 0.4)

  /// What prevents the reenactment of a face at a time; nil for nothing.
  func obstacle(to spot: FaceSpot, at time: Double) -> SwapObstacle? {
    guard let face = driver.face(at: time) else { return .undriven }
    let pose = Reenactment.pose(of: spot)
    let isApart =
      abs(pose.yaw - face.pose.yaw) > Reenactment.reach.yaw
      || abs(pose.pitch - face.pose.pitch) > Reenactment.reach.pitch
    return isApart ? .apart : nil
  }

  /// A face without obstacles, and its time.
  typealias Place = (spot: FaceSpot, time: Double)

  /// The reenacted faces.
  ///
  /// - Parameters:
  ///   - pictures: the aligned crops of the target, 256×256.
  ///   - places: as many.
  func faces(of pictures: [Image], at places: [Place]) -> SwappedFaces {
    reenactor.faces(
      of: pictures, landmarks: places.map { Reenactment.landmarks(of: $0.spot) },
      drivenBy: places.map { driven($0) })
  }

  /// The mask of a face and of what it becomes: the chin may sink below the target's own.
  func weights(_ own: [Float], _ mask: MaskShape, at place: Place) -> [Float] {
    let shape = reenactor.landmarks(at: Reenactment.pose(of: place.spot), drivenBy: driven(place))
    let side = Int(Double(own.count).squareRoot())
    let moved = mask.weights(landmarks: Crop.points(shape, side: side), side: side)
    return zip(own, moved).map { max($0, $1) }
  }

  private func driven(_ place: Place) -> DrivenFace {
    guard let face = driver.face(at: place.time) else {
      preconditionFailure("no driver at \(place.time)")
    }
    return face
  }

  private static func landmarks(of spot: FaceSpot) -> [SIMD2<Float>] {
    guard let landmarks = spot.landmarks else {
      preconditionFailure("a tracked face without landmarks")
    }
    return spot.alignment.place(landmarks)
  }

  /// The head's rotation as it shows in the crop.
  private static func pose(of spot: FaceSpot) -> Pose {
    Pose(landmarks: landmarks(of: spot))
  }
}
