import Engine
import Faces
import Foundation
import Media
import TestSupport

/// A folder with 16 pictures of one synthetic person, and their manifest.
///
/// - Parameter change: makes something else of a scene after its picture was rendered.
func writeSyntheticFaces(
  _ name: String, melanin: Float, in folder: TemporaryFolder,
  _ change: (inout Faces.Scene, _ index: Int) -> Void = { _, _ in }
) throws -> String {
  let path = folder.path("Datasets/\(name)")
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  let pictures = Team.map(16) { index in
    var scene = Scene()
    scene.identity.skinMelanin = melanin
    scene.identity.jawWidth = melanin
    scene.pose.yaw = Float(index) / 16 - 0.5
    scene.expression.jawOpen = Float(index % 4) / 4
    return (scene, scene.rendered(side: 256))
  }
  let lines = try pictures.enumerated().map { index, picture in
    let (scene, portrait) = picture
    let file = "\(index + 10).png"
    try WholeFile.write(
      try portrait.image.encoded(as: .png, mark: .synthetic(by: "test")), to: "\(path)/\(file)")
    var line = FaceLine(file: file, landmarks: portrait.landmarks.map(\.position))
    var changed = scene
    change(&changed, index)
    line.scene = changed
    return line
  }
  try FaceSet.write(lines, to: path)
  return path
}
