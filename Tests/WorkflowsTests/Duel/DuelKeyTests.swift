import Detection
import Faces
import Foundation
import Testing

@testable import Workflows

@Suite struct DuelKeyTests {
  @Test func keysAreReadAsTheyAreWritten() throws {
    let rows: [DuelGenerator] = [.round(1), .round(12), .control(2), .reference, .external]
    #expect(rows.map(\.name) == ["g1", "g12", "c2", "reference", "external"])
    #expect(rows.map { DuelGenerator($0.name) } == rows)
    let columns: [DuelDetector] = [.reference, .round(3)]
    #expect(columns.map(\.name) == ["reference", "d3"])
    #expect(columns.map { DuelDetector($0.name) } == columns)
    #expect(DuelGenerator("d1") == nil && DuelGenerator("g") == nil && DuelDetector("g1") == nil)
    let json = try JSONEncoder().encode(rows)
    #expect(String(decoding: json, as: UTF8.self) == #"["g1","g12","c2","reference","external"]"#)
    #expect(try JSONDecoder().decode([DuelGenerator].self, from: json) == rows)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([DuelDetector].self, from: json)
    }
  }

  @Test func tablesByKeyAreObjects() throws {
    let table = [DuelGenerator.control(2): 0.5]
    let json = try JSONEncoder().encode(table)
    #expect(String(decoding: json, as: UTF8.self) == #"{"c2":0.5}"#)
    #expect(try JSONDecoder().decode([DuelGenerator: Double].self, from: json) == table)
  }

  @Test func namesFollowFromKeys() {
    let names = DuelNames(duel: "x", repetition: 1)
    let pair = DuelPair(split: .test, number: 2, a: "", b: "")
    #expect(names.model(.control(3), pair) == "x-s2-c3-test2")
    #expect(names.part(.reference, .validation) == "x-s2-reference-validation")
    #expect(names.part(.round(3), .test) == "x-s2-g3-test")
    #expect(names.set(.reference) == "x-s2-reference" && names.set(.round(3)) == "x-s2-d3")
    #expect(names.model(.round(3), DuelRecipe()) == "x-s2-d3-efficientnet-b0")
    let step = DuelStep(repetition: 1, round: 3, task: .part(.round(3), .test))
    #expect(step.key == "s2-g3-test-set")
  }
}
