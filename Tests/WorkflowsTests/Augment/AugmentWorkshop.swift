import Engine
import Foundation
import Media
import TestSupport

@testable import Faces
@testable import Records
@testable import Synthesis
@testable import Workflows

/// A workspace with people who are flat colors, for tests of labeled sets.
struct AugmentWorkshop {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
  }

  /// Makes face sets `p001`… below `Datasets/NAME`.
  func people(_ people: Int, count: Int = 4, in name: String = "people", seed: UInt64 = 7) throws {
    var request = SynthesisRequest()
    (request.out, request.size, request.seed) = (workspace.datasets(of: name), 64, seed)
    (request.people, request.count, request.masks, request.depth) = (people, count, false, false)
    let render: SynthesisRun.Render = { scene, side in
      let picture = gradientPictures(1, side: side, seed: UInt64(abs(scene.pose.yaw) * 1e6))[0]
      return Portrait(
        image: picture, landmarks: AugmentWorkshop.landmarks(side),
        mask: [UInt8](repeating: 255, count: side * side),
        depth: [Float](repeating: 100, count: side * side))
    }
    _ = try SynthesisRun.make(request, render: render)
  }

  /// Makes face sets as `dflab extract` leaves them of videos: consecutive frames of one person each.
  func sequences(_ people: Int, frames: Int, gap: Int? = nil) throws {
    for person in 1...people {
      let path = workspace.datasets(of: "clip\(person)")
      try RunFolder.make(path)
      let writer = try FaceSetWriter(in: path)
      let picture = gradientPictures(1, side: 256, seed: UInt64(person))[0]
      var entries: [FaceEntry] = []
      for number in 0..<frames {
        let shift = SIMD2(Double(number % 7) / 3, Double(number % 5) / 4)
        let frame = picture.warped(
          columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: shift, width: 256, height: 256)
        let name = "\(NumberText.padded(number + 1, to: 6)).jpg"
        try WholeFile.write(
          try frame.encoded(as: .jpeg(quality: 95), mark: nil), to: "\(path)/\(name)")
        var entry = FaceEntry(
          file: name, landmarks: MeanFaceShape.points.map { $0 - SIMD2<Float>(shift) })
        entry.source = "/videos/\(person).mp4"
        let place = number + (gap.map { number >= $0 ? 1 : 0 } ?? 0)
        (entry.frame, entry.time) = (place, Double(place) / 25)
        entries.append(entry)
      }
      try writer.append(entries)
    }
  }

  /// Plain folders of pictures, without landmarks.
  func plain(_ names: [String], count: Int = 3) throws {
    for (index, name) in names.enumerated() {
      let path = workspace.datasets(of: name)
      try RunFolder.make(path)
      for (number, picture) in gradientPictures(count, side: 64, seed: UInt64(index)).enumerated() {
        try WholeFile.write(
          try picture.encoded(as: .png, mark: nil), to: "\(path)/\(number).png")
      }
    }
  }

  /// A request for a small set that nobody audits.
  func request(_ count: Int = 40) -> AugmentRequest {
    var request = AugmentRequest()
    (request.workspace, request.count, request.size) = (workspace.path, count, 64)
    request.isAudited = false
    return request
  }

  /// The path of a set.
  func set(_ name: String = "augmented") -> String { workspace.datasets(of: name) }

  /// The files of a set; all bytes count.
  func contents(_ name: String = "augmented") throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: set(name))
    where !file.hasPrefix(".") && !file.hasPrefix("report.") && file != SessionTiming.name {
      contents[file] = FileManager.default.contents(atPath: "\(set(name))/\(file)")
    }
    return contents
  }

  /// The mean face of the recipes, as large as a picture.
  private static func landmarks(_ side: Int) -> [Landmark] {
    let scale = Float(side) / 256
    return MeanFaceShape.points.map { Landmark(position: $0 * scale, isVisible: true) }
  }
}

/// 68 points that lie like those of a face in a 256×256 picture.
enum MeanFaceShape {
  static let points: [SIMD2<Float>] = {
    func arc(
      _ count: Int, _ center: SIMD2<Float>, _ radius: SIMD2<Float>, _ from: Float, _ to: Float
    )
      -> [SIMD2<Float>]
    {
      (0..<count).map { index in
        let angle = from + (to - from) * Float(index) / Float(count - 1)
        return center + radius * SIMD2(Float(cos(Double(angle))), Float(sin(Double(angle))))
      }
    }
    var points = arc(17, SIMD2(128, 120), SIMD2(62, 80), .pi, 0)
    points += arc(5, SIMD2(98, 98), SIMD2(20, 10), .pi + 0.3, 2 * .pi - 0.3)
    points += arc(5, SIMD2(158, 98), SIMD2(20, 10), .pi + 0.3, 2 * .pi - 0.3)
    points += (0..<4).map { SIMD2(128, 108 + 10 * Float($0)) }
    points += (0..<5).map { SIMD2(116 + 6 * Float($0), 148) }
    points += arc(6, SIMD2(100, 112), SIMD2(11, 5), .pi, 2.7 * .pi)
    points += arc(6, SIMD2(156, 112), SIMD2(11, 5), .pi, 2.7 * .pi)
    points += arc(12, SIMD2(128, 172), SIMD2(24, 11), .pi, 2.9 * .pi)
    points += arc(8, SIMD2(128, 172), SIMD2(16, 5), .pi, 2.9 * .pi)
    return points
  }()
}
