import Engine
import Faces
import Foundation
import Testing

@testable import Synthesis

@Suite struct IdentityDrawingTests {
  private let people = (0..<200).map { Identity(randomness: RandomSource(seed: UInt64($0))) }

  @Test func shapesAndTonesStayWithinTheirLimits() throws {
    let tones: Set = [
      "skinMelanin", "skinRedness", "skinYellowness", "skinUnevenness", "skinShine", "pores",
      "freckles", "moles", "age", "lipRedness", "irisBrown", "irisLightness", "browThickness",
      "browDensity", "lashes", "hairMelanin", "hairRedness", "hairGray", "hairVolume", "hairCurl",
      "hairline", "beardDensity",
    ]
    for person in people {
      var numbers = try numbers(of: person)
      numbers["grain"] = nil
      #expect(numbers.count >= 55)
      for (name, value) in numbers {
        let range = tones.contains(name) ? 0...1.0 : -2.5...2.5
        #expect(range.contains(value), "\(name) is \(value)")
      }
    }
  }

  @Test func everyNumberDiffersFromPersonToPerson() throws {
    let all = try people.map { try numbers(of: $0) }
    // Many have no beard, and no gray hair.
    for name in all[0].keys where name != "beardDensity" && name != "hairGray" {
      let values = Set(all.map { $0[name] })
      #expect(values.count > 100, "\(name) takes \(values.count) values")
    }
  }

  @Test func everyStyleIsWorn() {
    #expect(Set(people.map(\.hair)) == Set(HairStyle.allCases))
    #expect(Set(people.map(\.beard)) == Set(BeardStyle.allCases))
    #expect(Set(people.map(\.glasses)) == Set(GlassesStyle.allCases))
  }

  @Test func whatGoesTogetherIsDrawnTogether() {
    func mean(_ part: [Identity], _ value: KeyPath<Identity, Float>) -> Float {
      part.reduce(0) { $0 + $1[keyPath: value] } / Float(part.count)
    }
    let (old, young) = (people.filter { $0.age > 0.6 }, people.filter { $0.age < 0.2 })
    #expect(mean(old, \.hairGray) > 0.3 && mean(young, \.hairGray) < 0.05)
    let (dark, fair) = (
      people.filter { $0.skinMelanin > 0.5 }, people.filter { $0.skinMelanin < 0.2 }
    )
    #expect(mean(dark, \.hairMelanin) > mean(fair, \.hairMelanin) + 0.15)
    #expect(dark.allSatisfy { $0.irisBrown > 0.5 })
    let bearded = people.filter { $0.beard != .none }
    #expect(mean(bearded, \.jawWidth) > mean(people, \.jawWidth) + 0.4)
    #expect(bearded.allSatisfy { $0.beardDensity > 0 })
  }

  @Test(arguments: [1, 7, 42])
  func thePeopleOfAGroupStandFarApart(seed: UInt64) {
    let group = (0..<12).map { Traits(person: $0, randomness: RandomSource(seed: seed)) }
    for (index, one) in group.enumerated() {
      for other in group[..<index] {
        // The nearest way round, for ranks wrap.
        let gaps = [one.build - other.build, one.age - other.age, one.pigment - other.pigment]
          .map { min(abs($0), 1 - abs($0)) }
        #expect(gaps.reduce(0) { $0 + $1 * $1 }.squareRoot() > 0.15)
      }
    }
    let builds = group.map(\.masculinity)
    #expect(builds.contains { $0 > 0.5 } && builds.contains { $0 < -0.5 })
  }

  @Test func theSameSeedIsTheSamePerson() {
    #expect(Identity(randomness: RandomSource(seed: 3)) == people[3])
    #expect(people[3] != people[4])
  }
}
