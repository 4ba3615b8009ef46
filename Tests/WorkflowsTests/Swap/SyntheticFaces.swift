import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport

/// A folder with 16 pictures of one synthetic person, and their manifest.
///
/// - Parameters:
///   - isRendered: false for gray pictures in the place of those that the scenes give.
///   - change: makes something else of a scene after its picture was rendered.
func writeSyntheticFaces(
  _ name: String, melanin: Float, in folder: TemporaryFolder, isRendered: Bool = false,
  _ change: (inout Faces.Scene, _ index: Int) -> Void = { _, _ in }
) throws -> String {
  let path = folder.path("Datasets/\(name)")
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  let gray = UInt8(truncatingIfNeeded: name.utf8.reduce(0) { $0 + Int($1) })
  let pictures = ThreadPool.map(16) { index in
    var scene = Scene()
    scene.identity.skinMelanin = melanin
    scene.identity.jawWidth = melanin
    scene.pose.yaw = Float(index) / 16 - 0.5
    scene.expression.jawOpen = Float(index % 4) / 4
    let image =
      isRendered
      ? scene.rendered(side: 128).image
      : Image(width: 32, height: 32, filled: Color(128, gray, UInt8(index)))
    return (scene, image)
  }
  let lines = try pictures.enumerated().map { index, picture in
    let (scene, image) = picture
    let file = "\(index + 10).png"
    try WholeFile.write(
      try image.encoded(as: .png, mark: .synthetic(by: "test")), to: "\(path)/\(file)")
    var line = FaceEntry(file: file, landmarks: [SIMD2<Float>](repeating: .zero, count: 68))
    var changed = scene
    change(&changed, index)
    line.scene = changed
    return line
  }
  try FaceSet.write(lines, to: path)
  return path
}
