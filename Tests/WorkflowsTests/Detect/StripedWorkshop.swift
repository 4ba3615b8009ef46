import Detection
import Engine
import Faces
import Foundation
import Media
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

  private static func striped(_ image: Image) -> Image {
    var pixels = image.pixels
    for place in pixels.indices where place / 3 % 2 == 0 { pixels[place] /= 2 }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }
}
