import Engine
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection

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
    for (found, expected) in zip(detector.logits(of: pictures), logits) {
      #expect(abs(found + expected) < 1e-4 * max(1, abs(expected)), "\(found), \(-expected)")
    }
  }

  @Test func aFolderWithoutWeightsIsRefusedInWords() throws {
    let folder = try TemporaryFolder()
    #expect(
      throws: DetectionError.noPublishedWeights(
        path: folder.path, reason: "'manifest.json' is missing")
    ) { try PublishedMesoNet(folder: folder.path) }
    let text = "{\"Meso4_Y\":{\"floats\":3,\"tensors\":[]}}"
    try Data(text.utf8).write(to: URL(filePath: folder.path("manifest.json")))
    try Data([1, 2, 3]).write(to: URL(filePath: folder.path("Meso4_Y.f32")))
    #expect(
      throws: DetectionError.noPublishedWeights(
        path: folder.path, reason: "'Meso4_Y.f32' has 3 bytes, and the manifest says 3 numbers of 4"
      )
    ) { try PublishedMesoNet(folder: folder.path).detector("Meso4_Y") }
  }

  @Test(arguments: [
    ("{}", "the manifest lists no models"), ("[", "invalid manifest"),
    (
      #"{"Meso4_Y":{"floats":9223372036854775807,"tensors":[]}}"#,
      "'Meso4_Y.f32' has 4 bytes, and the manifest says 9223372036854775807 numbers of 4"
    ),
    (#"{"Meso4_Y":{"floats":1,"tensors":[]}}"#, "'Meso4_Y' has 0 tensors"),
  ])
  func aManifestThatCannotBeIsRefused(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: URL(filePath: folder.path("manifest.json")))
    try Data([1, 2, 3, 4]).write(to: URL(filePath: folder.path("Meso4_Y.f32")))
    #expect(
      throws: DetectionError.noPublishedWeights(path: folder.path, reason: reason)
    ) { try PublishedMesoNet(folder: folder.path).detector("Meso4_Y") }
  }

  @Test(arguments: [
    (-1, [3, 3, 3, 8]), (Int.max, [3, 3, 3, 8]), (28073, [3, 3, 3, 8]), (0, [3, 3, 3, -8]),
    (0, [3, 3, 3, Int.max]), (0, []),
  ])
  func tensorsThatCannotBeThereAreRefused(offset: Int, shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let manifest = Data(
      """
      {"Meso4_X": {"floats": 28073, "tensors": [
        {"name": "first", "shape": \(shape), "offset_floats": \(offset)}
      \(String(repeating: #", {"name": "x", "shape": [], "offset_floats": 0}"#, count: 27))]}}
      """.utf8)
    try manifest.write(to: URL(filePath: folder.path("manifest.json")))
    try FileManager.default.copyItem(
      atPath: "\(Self.madeUp)/Meso4_X.f32", toPath: folder.path("Meso4_X.f32"))
    #expect(
      throws: DetectionError.noPublishedWeights(
        path: folder.path, reason: "'first' of 'Meso4_X' is not the tensor 'conv1.weight'")
    ) { try PublishedMesoNet(folder: folder.path).detector("Meso4_X") }
  }

  @Test(.enabled(if: RealData.isThere, "DFLAB_REAL_DATA names no folder"))
  func publishedWeightsLabelTheirPicturesRightAndAsPyTorchDoes() throws {
    let folder = try #require(RealData.folder).appending("/mesonet")
    let published = try PublishedMesoNet(folder: folder)
    for (model, logits) in MesoNetTests.publishedLogits {
      let detector = try published.detector(model)
      for (name, logit) in zip(MesoNetTests.pictures, logits) {
        let image = try Image(reading: "\(folder)/test_images/\(name)")
        let score = detector.logits(of: [image])[0]
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
