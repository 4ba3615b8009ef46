import Detection
import Engine
import Faces
import Foundation
import Media
import Synthesis
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DetectRunRefusalTests {
  private let shop: StripedWorkshop

  init() throws { shop = try StripedWorkshop() }

  @Test func aChangedPictureIsNamed() throws {
    let path = "\(shop.path)/pictures/0-0.png"
    try WholeFile.write(
      try gradientPictures(1, side: 64, seed: 99)[0].encoded(as: .png, mark: nil), to: path)
    #expect(throws: WorkflowError.changedSample(path: path)) {
      _ = try DetectRun.train(shop.request)
    }
  }

  @Test func aMissingPictureIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(shop.path)/pictures/5-1.png")
    #expect(
      throws: WorkflowError.missingSamples(path: shop.path, first: "pictures/5-1.png", count: 1)
    ) { _ = try DetectRun.train(shop.request) }
  }

  @Test func aSplitOfOneClassIsRefused() throws {
    let samples = try LabeledDataset(reading: shop.path).samples
    try shop.write(samples.filter { $0.split != .validation || $0.label == .real })
    #expect(throws: WorkflowError.oneClassSplit(path: shop.path, split: "validation")) {
      _ = try DetectRun.train(shop.request)
    }
  }
}
