import Faces
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct AugmentRecipeTests {
  @Test func whatARecipeLeavesOutIsAsUsual() throws {
    #expect(try recipe("{}") == AugmentRecipe())
    var expected = AugmentRecipe()
    expected.methods[.latent] = 0
    expected.degradations.h264.probability = 0.25
    #expect(
      try recipe(#"{"methods":{"latent":0},"degradations":{"h264":{"probability":0.25}}}"#)
        == expected
    )
  }

  @Test(arguments: [
    (#"{"method":{}}"#, "unknown key 'method' (did you mean 'methods'?)"),
    (
      #"{"methods":{"swop":1}}"#,
      "unknown key 'methods.swop' (did you mean 'methods.swap'?)"
    ),
    (
      #"{"degradations":{"jpeg":{"leest":1}}}"#,
      "unknown key 'degradations.jpeg.leest' (did you mean 'degradations.jpeg.least'?)"
    ),
    (#"{"wavelength":2}"#, "unknown key 'wavelength'"),
    (#"{"weights":{"clips":0}}"#, "'weights.clips' must be between 1 and 100, not 0"),
    (#"{"methods":{"sbi":-1}}"#, "'methods.sbi' must be between 0 and 1000000, not -1.0"),
    (
      #"{"degradations":{"jpeg":{"probability":2}}}"#,
      "'degradations.jpeg.probability' must be between 0.0 and 1.0, not 2.0"
    ),
    (
      #"{"degradations":{"jpeg":{"least":0}}}"#,
      "'degradations.jpeg.least' must be between 1.0 and 100.0, not 0.0"
    ),
    (
      #"{"methods":{"swap":0,"sbi":0,"xray":0,"warp":0,"upsample":0,"latent":0,"reenact":0,"reconstruct":0}}"#,
      "all its methods have the weight 0"
    ),
    (#"{"strengths":{"sbi":{"factors":[]}}}"#, "'strengths.sbi.factors' must not be empty"),
    (
      #"{"strengths":{"sbi":{"factors":[2,0]}}}"#,
      "'strengths.sbi.factors' must be between 0.02 and 200.0, not 0.0"
    ),
    (
      #"{"strengths":{"sbi":{"scale":{"least":-1}}}}"#,
      "'strengths.sbi.scale.least' must be between 0.0095 and 95.0, not -1.0"
    ),
    (
      #"{"strengths":{"upsample":{"factors":[2,1],"kinds":["zeros"]}}}"#,
      "'strengths.upsample.factors' must be 2 or more, not 1"
    ),
    (#"{"methods":3}"#, "'methods' has the wrong type"),
    (#"{"methods":{"sbi":"much"}}"#, "'methods.sbi' has the wrong type"),
    ("[1]", "not a JSON object"),
    ("{", "invalid JSON"),
  ])
  func whatCannotBeIsRefused(text: String, reason: String) throws {
    do {
      _ = try recipe(text)
      Issue.record("not refused")
    } catch let RecordsError.badRecipe(_, found, _) {
      #expect(found == reason)
    }
  }

  @Test func aFileThatIsNotThereIsSaid() {
    #expect(
      throws: RecordsError.badRecipe(
        path: "no.json", reason: "no such file", manual: "Datasets/README.md")
    ) {
      try AugmentRecipe(reading: "no.json")
    }
  }

  private func recipe(_ text: String) throws -> AugmentRecipe {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: URL(filePath: folder.path("r.json")))
    return try AugmentRecipe(reading: folder.path("r.json"))
  }
}
