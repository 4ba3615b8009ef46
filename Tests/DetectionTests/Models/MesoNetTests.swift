import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

private let realData = ProcessInfo.processInfo.environment["DFLAB_REAL_DATA"]

@Suite struct MesoNetTests {
  private static var madeUp: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/mesonet").path
  }

  @Test(arguments: ["Meso4_X", "MesoInception_X"])
  func madeUpWeightsScoreAsInPyTorch(model: String) throws {
    let data = try Data(contentsOf: URL(filePath: "\(Self.madeUp)/logits.json"))
    let logits = try #require(
      try JSONDecoder().decode([String: [Double]].self, from: data)[model])
    var chance = RandomSource(seed: 2)
    let pictures = Tensor(
      shape: [2, 256, 256, 3],
      values: (0..<2 * 256 * 256 * 3).map { _ in Float(chance.uniform(0...1)) })
    let detector = try PublishedMesoNet(folder: Self.madeUp).detector(model)
    // The published networks say "real".
    for (found, expected) in zip(detector.scores(of: pictures), logits) {
      #expect(abs(found + expected) < 1e-4 * max(1, abs(expected)), "\(found), \(-expected)")
    }
  }

  @Test func aFolderWithoutWeightsIsRefusedInWords() throws {
    let folder = try TemporaryFolder()
    #expect(
      throws: DetectionError.noPublishedWeights(
        path: folder.path, reason: "there is no 'manifest.json'")
    ) { try PublishedMesoNet(folder: folder.path) }
    let text = "{\"Meso4_Y\":{\"floats\":3,\"tensors\":[]}}"
    try Data(text.utf8).write(to: URL(filePath: folder.path("manifest.json")))
    try Data([1, 2, 3]).write(to: URL(filePath: folder.path("Meso4_Y.f32")))
    #expect(
      throws: DetectionError.noPublishedWeights(
        path: folder.path, reason: "'Meso4_Y.f32' has 3 bytes, not 12")
    ) { try PublishedMesoNet(folder: folder.path).detector("Meso4_Y") }
  }

  @Test(.enabled(if: realData != nil, "DFLAB_REAL_DATA names no folder"))
  func publishedWeightsLabelTheirPicturesRightAndAsPyTorchDoes() throws {
    let folder = try #require(realData).appending("/mesonet")
    let published = try PublishedMesoNet(folder: folder)
    for (model, logits) in MesoNetTests.publishedLogits {
      let detector = try published.detector(model)
      for (name, logit) in zip(MesoNetTests.pictures, logits) {
        let image = try Image(reading: "\(folder)/test_images/\(name)")
        let score = detector.scores(of: [image])[0]
        #expect(abs(score + logit) < 1e-4 * max(1, abs(logit)), "\(model), \(name): \(score)")
        if model.hasSuffix("_DF") {
          #expect((score > 0) == name.hasPrefix("df"), "\(model), \(name): \(score)")
        }
      }
    }
  }

  private static let pictures = [
    "df/df00204.jpg", "df/df01254.jpg", "real/real00240.jpg", "real/real00772.jpg",
  ]

  // >>> python Golden/mesonet.py ../shared/data/mesonet
  private static let publishedLogits: KeyValuePairs<String, [Double]> = [
    "Meso4_DF": [-2.92071, -3.70177, 4.56993, 5.69251],
    "Meso4_F2F": [1.51562, 0.75994, 2.00216, 2.83563],
    "MesoInception_DF": [-3.91299, -7.45802, 21.59619, 33.174],
    "MesoInception_F2F": [6.48368, 10.15492, 17.57289, 6.90339],
  ]
}
