import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport

@testable import Records
@testable import Workflows

/// A workspace with a labeled set whose fakes are plainly marked by stripes.
struct StripedWorkshop {
  let folder: TemporaryFolder
  let workspace: Workspace
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    workspace = try testWorkspace(in: folder)
    path = workspace.datasets(of: "striped")
    try RunFolder.make("\(path)/pictures")
    var samples: [Sample] = []
    for person in 0..<6 {
      let split: Split = person < 3 ? .training : person < 4 ? .validation : .test
      for (number, picture) in gradientPictures(6, side: 64, seed: UInt64(person)).enumerated() {
        let isFake = number.isMultiple(of: 2)
        let file = "pictures/\(person)-\(number).png"
        let bytes = try (isFake ? StripedWorkshop.striped(picture) : picture)
          .encoded(as: .png, mark: nil)
        try WholeFile.write(bytes, to: "\(path)/\(file)")
        var sample = Sample(
          path: file, label: isFake ? .fake : .real, split: split, identities: ["p\(person)"],
          clips: ["clip\(person)"], method: isFake ? (number == 0 ? "stripes" : "lines") : "real")
        sample.hash = FileHash.of(bytes)
        sample.degradations = number < 2 ? [.jpeg(quality: 50)] : []
        samples.append(sample)
      }
    }
    try write(samples)
  }

  func write(_ samples: [Sample]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try WholeFile.write(
      samples.map { [UInt8](try encoder.encode($0)) + [0x0A] },
      to: "\(path)/\(LabeledDataset.manifestName)")
  }

  var request: DetectRequest {
    var request = DetectRequest()
    (request.detectors, request.iterations, request.batch) = ([.shallow, .spectrum], 12, 8)
    (request.workspace, request.name) = (workspace.path, "quick")
    return request
  }

  /// Adds a real clip for each person, and a fake one whose frames flicker.
  func addClips(frames: Int = 4) throws {
    var samples = try LabeledDataset(reading: path).samples
    for person in 0..<6 {
      for isFake in [false, true] {
        let folder = "clips/\(person)-\(isFake ? 1 : 0)"
        try RunFolder.make("\(path)/\(folder)")
        var sample = Sample(
          path: folder, label: isFake ? .fake : .real,
          split: person < 3 ? .training : person < 4 ? .validation : .test,
          identities: ["p\(person)"], clips: ["clip\(person)"],
          method: isFake ? "flicker" : "real")
        sample.rate = 25
        sample.frames = try (0..<frames).map { number in
          let gray = UInt8(80 + 10 * person + (isFake ? 40 * (number % 2) : number))
          let bytes = try Image(width: 64, height: 64, filled: Color(gray: gray))
            .encoded(as: .png, mark: nil)
          var frame = SampleFrame(path: "\(folder)/\(number).png", time: Double(number) / 25)
          (frame.frame, frame.hash) = (number, FileHash.of(bytes))
          try WholeFile.write(bytes, to: "\(path)/\(frame.path)")
          return frame
        }
        samples.append(sample)
      }
    }
    try write(samples)
  }

  /// A rendered face.
  var portrait: Image { Scene().rendered(side: 256).image }

  private static func striped(_ image: Image) -> Image {
    var pixels = image.pixels
    for place in pixels.indices where place / 3 % 2 == 0 { pixels[place] /= 2 }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }
}
