import Engine
import Faces
import Media
import TestSupport
import Testing

@testable import Generation
@testable import Workflows

/// A method that the table does not hold: the whole picture as it is, but for one pixel.
private struct Speck: ForgeryAlgorithm {
  func forgery(of face: RealFace, from _: ForgeryMaterial, chance: inout RandomSource) -> Forgery? {
    var image = face.image
    image.pixels[0] ^= 0x80
    return Forgery(
      image: image, parameters: [:], mask: Plane(width: image.width, height: image.height))
  }
}

private let speck = ForgeryMethod("speck", Speck(), weight: 9, summary: "one pixel changed")

@Suite struct ForgeryMethodTests {
  @Test func aFurtherMethodGoesThroughTheWholeAugmentation() throws {
    let shop = try AugmentWorkshop()
    try shop.plain(["a", "b", "c"])
    var request = shop.request(24)
    var recipe = AugmentRecipe()
    recipe.methods = [speck: 1]
    request.mixture = recipe
    let outcome = try AugmentRun.make(request)
    #expect(outcome.methods["speck"]?.values.reduce(0, +) == 12)
    let samples = try LabeledDataset(reading: shop.set()).samples
    #expect(Set(samples.map(\.method)) == ["real", "speck"])
  }

  @Test func noFurtherMethodEntersTheTestsOfADuel() {
    var recipe = DuelRecipe()
    recipe.forgeries[speck] = 3
    #expect(recipe.trainingMixture.methods.methods == [.swap, .sbi, .warp, speck])
    #expect(recipe.testMixture.methods == .only(.swap))
    #expect(recipe.testMixture.methods.methods == [.swap])
    #expect(recipe.referenceMixture.methods.methods == [.sbi])
  }
}
