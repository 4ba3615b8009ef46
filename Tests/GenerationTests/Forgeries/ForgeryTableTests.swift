import Engine
import Faces
import Foundation
import Media
import Testing

@testable import Generation

/// A method as a file of its own adds it: the face a little darker.
private struct Darkening: ForgeryAlgorithm {
  var share = 0.5

  func forgery(
    of face: RealFace, from _: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    let amount = Float(share * chance.uniform())
    let region = FaceRegion(of: face, includesForehead: true)
    let black = Image(width: face.image.width, height: face.image.height, filled: Color(gray: 0))
    let mask = region.plane.map { $0 * amount }
    return Forgery(
      image: face.image.mixed(with: black, by: mask),
      parameters: ["amount": .number(Double(amount))], mask: mask)
  }

  func fault(at path: String) -> String? {
    share > 1 ? "'\(path).share' must be at most 1, not \(share)" : nil
  }
}

/// Its entry, as the table would have it.
private let darkening = ForgeryMethod(
  "darkening", Darkening(), weight: 4, needs: .landmarks, summary: "the face darkened")

@Suite struct ForgeryTableTests {
  @Test func aMethodIsAnEntryAndAnAlgorithm() throws {
    let forger = tinyForger()
    let forgery = try #require(
      forger.forgery(darkening, of: 0, donors: [], randomness: RandomSource(seed: 1)))
    #expect(forgery.image != forger.faces[0].image)
    #expect(forger.obstacle(to: darkening, of: 6, donors: []) == .noLandmarks(darkening))
    let strong = tinyForger { $0[darkening, as: Darkening.self].share = 1 }
    let darker = try #require(
      strong.forgery(darkening, of: 0, donors: [], randomness: RandomSource(seed: 1)))
    #expect(darker.mask.values.max() ?? 0 > forgery.mask.values.max() ?? 1)
  }

  @Test func strengthsOfAnyMethodAreComparedAndChecked() throws {
    var strengths = ForgeryStrengths()
    #expect(strengths.fault(at: "strengths") == nil)
    strengths[darkening, as: Darkening.self].share = 0.5
    #expect(strengths == ForgeryStrengths(), "the default, said aloud")
    strengths[darkening, as: Darkening.self].share = 2
    #expect(strengths != ForgeryStrengths())
    #expect(
      strengths.fault(at: "strengths") == "'strengths.darkening.share' must be at most 1, not 2.0")
    #expect(
      String(decoding: try JSONEncoder().encode(strengths), as: UTF8.self).contains("darkening"))
  }

  @Test func swapsAloneAreSwapsAloneWhateverTheTableHolds() throws {
    let table = ForgeryMethod.all + [darkening]
    #expect(ForgeryWeights(of: table).methods == table.filter { $0.weight > 0 })
    #expect(ForgeryWeights(of: table)[darkening] == 4)
    let swaps = ForgeryWeights.only(.swap)
    #expect(swaps.methods == [.swap])
    #expect(table.filter { swaps[$0] != 0 } == [.swap])
    let read = try JSONDecoder().decode(
      ForgeryWeights.self, from: try JSONEncoder().encode(swaps))
    #expect(read == swaps && read.methods == [.swap])
    #expect(try JSONDecoder().decode(ForgeryWeights.self, from: Data(#"{"swap":1}"#.utf8)) == swaps)
  }

  @Test func weightsThatCannotBeAreNamed() {
    #expect(ForgeryWeights().fault(at: "methods") == nil)
    let negative: ForgeryWeights = [.sbi: -1, darkening: 2]
    #expect(
      negative.fault(at: "methods") == "'methods.sbi' must be between 0 and 1000000, not -1.0")
    #expect(negative.methods == [darkening])
  }

  @Test func namesAreUniqueAndFitForKeysAndFiles() {
    let names = ForgeryMethod.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9]*/) != nil && $0 != Sample.real })
    #expect(names.allSatisfy { ForgeryMethod(named: $0)?.name == $0 })
    #expect(ForgeryMethod(named: "gan") == nil, "kept free for a generative adversarial network")
  }

  @Test func theOrderOfTheTableStays() {
    // Recipes draw in this order: new methods come behind these.
    let names = ForgeryMethod.all.map(\.name)
    #expect(names.prefix(6) == ["swap", "sbi", "xray", "warp", "upsample", "latent"])
  }

  @Test func theDocumentsListTheTable() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    func lines(_ path: String) throws -> [Substring] {
      try String(contentsOf: root.appending(path: path), encoding: .utf8)
        .split(separator: "\n")
    }
    let rows = try lines("Sources/Generation/FORGERIES.md")
    for method in ForgeryMethod.all {
      let needs: [(ForgeryMethod.Needs, String)] = [
        (.landmarks, "landmarks"), (.donor, "a donor"), (.model, "a swap model of the identity"),
      ]
      let words = needs.filter { method.needs.contains($0.0) }.map(\.1).joined(separator: ", ")
      let (start, end) = (
        "| `\(method.name)` | \(words.isEmpty ? "–" : words) | ", " | \(method.source ?? "–") |"
      )
      #expect(rows.contains { $0.hasPrefix(start) && $0.hasSuffix(end) }, "\(start)…\(end)")
    }
    let names = ForgeryMethod.all.map { "`\($0.name)`" }.joined(separator: ", ")
    let weights = ForgeryMethod.all.map { "\(Int($0.weight))" }.joined(separator: ", ")
    let recipes = try lines("Datasets/README.md")
    #expect(recipes.contains { $0.contains("\(names) (\(weights))") }, "\(names) (\(weights))")
    let row = "| forgery method | how a fake is made: \(names) |"
    #expect(try lines("CONTRIBUTING.md").contains { $0 == row }, "\(row)")
  }
}
