import Foundation
import Testing

@testable import Search

struct ParameterDistributionTests {
  // >>> [distribution_to_json(d) for d in (FloatDistribution(1e-5, 1e-2, log=True),
  // ...   FloatDistribution(0.2, 0.7, step=0.1), IntDistribution(3, 5, step=2),
  // ...   CategoricalDistribution([16, "x", None, True, 0.5]))]
  private static let forms: [(String, ParameterDistribution)] = [
    (
      #"{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 0.01, "log": true}}"#,
      .float(low: 1e-5, high: 1e-2, isLog: true)
    ),
    (
      #"{"name": "FloatDistribution", "attributes": {"step": 0.1, "low": 0.2, "high": 0.7, "log": false}}"#,
      .float(low: 0.2, high: 0.7, step: 0.1)
    ),
    (
      #"{"name": "IntDistribution", "attributes": {"log": false, "step": 2, "low": 3, "high": 5}}"#,
      .int(low: 3, high: 5, step: 2)
    ),
    (
      #"{"name": "CategoricalDistribution", "attributes": {"choices": [16, "x", null, true, 0.5]}}"#,
      .categorical([.whole(16), .word("x"), .nothing, .truth(true), .number(0.5)])
    ),
  ]

  @Test func readsAndWritesOptunasForm() throws {
    for (json, distribution) in ParameterDistributionTests.forms {
      let read = try JSONDecoder().decode(ParameterDistribution.self, from: Data(json.utf8))
      #expect(read == distribution)
      let again = try JSONDecoder().decode(
        ParameterDistribution.self, from: try JSONEncoder().encode(distribution))
      #expect(again == distribution)
    }
  }

  @Test func saysWhatIsImpossible() {
    let faults: [(ParameterDistribution, String)] = [
      (.float(low: 2, high: 1), "low 2.0 is above high 1.0"),
      (.float(low: 0, high: 1, isLog: true), "a logarithmic range must begin above 0, not at 0.0"),
      (
        .int(low: 0, high: 9, isLog: true),
        "a logarithmic range must begin at 1 or above, not at 0.0"
      ),
      (.float(low: 0, high: 1, step: 0), "step 0.0 must be above 0"),
      (.float(low: 1, high: 2, step: 0.1, isLog: true), "a logarithmic range cannot have steps"),
      (.float(low: 0, high: .infinity), "its numbers must be finite"),
      (.int(low: 0, high: .max), "its numbers are too large"),
      (.categorical([]), "it has no choices"),
      (.categorical([.whole(1), .whole(1)]), "a choice appears twice"),
      (.categorical((0..<13).map { .whole($0) }), "it has more than 12 choices"),
    ]
    for (distribution, fault) in faults { #expect(distribution.fault == fault) }
    #expect(ParameterDistributionTests.forms.allSatisfy { $0.1.fault == nil })
  }

  @Test func valuesHaveNumbers() {
    let choices = ParameterDistribution.categorical([.whole(16), .word("x"), .nothing])
    #expect(choices.number(.word("x")) == 1 && choices.value(1) == .word("x"))
    #expect(choices.number(.number(16)) == 0 && choices.number(.word("y")) == nil)
    let steps = ParameterDistribution.float(low: 0.2, high: 0.7, step: 0.1)
    #expect(steps.number(.number(0.6000000000000001)) != nil && steps.number(.number(0.65)) == nil)
    #expect(ParameterDistribution.int(low: 1, high: 9).value(4) == .whole(4))
  }

  @Test func narrowRangesLieAroundTheirCenterAndWithinTheOld() {
    #expect(
      ParameterDistribution.float(low: 0, high: 10).narrowed(around: 5, share: 0.2)
        == .float(low: 4, high: 6))
    #expect(
      ParameterDistribution.float(low: 0, high: 10).narrowed(around: 0.5, share: 0.2)
        == .float(low: 0, high: 2))
    guard
      case .float(let low, let high, _, true) = ParameterDistribution.float(
        low: 1e-4, high: 1, isLog: true
      ).narrowed(around: 1e-2, share: 0.5)
    else {
      Issue.record("not a logarithmic range")
      return
    }
    #expect(abs(low - 1e-3) < 1e-12 && abs(high - 0.1) < 1e-9)
    #expect(
      ParameterDistribution.int(low: 1, high: 9, step: 2).narrowed(around: 5, share: 0.1)
        == .int(low: 3, high: 7, step: 2))
    #expect(
      ParameterDistribution.float(low: 0.2, high: 0.7, step: 0.1).narrowed(around: 0.7, share: 0.2)
        .contains(0.7))
  }

  @Test func shortTextsHaveFourDigits() {
    let values: [SearchValue] = [
      .number(0.000123456), .number(-12.3456), .number(0), .whole(16), .truth(true), .nothing,
    ]
    #expect(values.map(\.text) == ["0.0001235", "-12.35", "0.0", "16", "yes", "none"])
  }
}
