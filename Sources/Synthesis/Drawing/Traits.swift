import Engine
import Faces
import Foundation

/// The main traits that other parameters correlate with, each as a rank among all people, 0…1.
struct Traits: Equatable {
  /// From 0, the most female, to 1, the most male build.
  var build: Double
  /// From twenty to seventy years.
  var age: Double
  /// From the palest to the darkest.
  var pigment: Double

  /// The traits of a person of a group.
  ///
  /// People of one group differ clearly in all three traits, for any subset of the group: an
  /// additive recurrence in three dimensions (Roberts 2018), offset by `randomness`.
  init(person: Int, randomness: RandomSource) {
    var randomness = randomness
    let start = [randomness.uniform(), randomness.uniform(), randomness.uniform()]
    // Powers of 1 / g, where g⁴ = g + 1.
    let steps = [0.549_700_477_9, 0.819_172_513_4, 0.671_043_606_7]
    let ranks = zip(start, steps).map {
      ($0 + Double(person) * $1).truncatingRemainder(dividingBy: 1)
    }
    (build, age, pigment) = (ranks[0], ranks[1], ranks[2])
  }

  /// Random traits.
  init(randomness: inout RandomSource) {
    (build, age, pigment) = (randomness.uniform(), randomness.uniform(), randomness.uniform())
  }

  /// −1.1 is a clearly female build, 1.1 a clearly male one; few are near 0.
  var masculinity: Double {
    let side: Double = build < 0.5 ? -1 : 1
    return side * (0.3 + 0.8 * abs(2 * build - 1))
  }
  /// The age as in `Identity.age`: more people are young than old.
  var years: Double { pow(age, 1.35) }
  /// As `Identity.skinMelanin`.
  var melanin: Double { 0.05 + 0.85 * pow(pigment, 1.3) }
}
