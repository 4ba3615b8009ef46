import Detection
import Faces
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct DuelRunTests {
  @Test func aDuelEndsWithAMatrixAndGoesOnFromAnyStepWithTheSameBits() throws {
    let shop = try DuelWorkshop()
    var request = try shop.request()
    request.external = try shop.strangers()
    let whole = try DuelRun.run(request)
    let results = try #require(whole.results)
    try checkMatrix(results)
    let matrix = try #require(try DuelMatrix(reading: whole.lab))
    #expect(matrix.rounds == 2 && matrix.allRounds == 2)
    #expect(matrix.cells.map(\.count) == matrix.rows.map { _ in matrix.columns.count })
    #expect(matrix.rows == results.rows.map(\.title))
    #expect(matrix.cells[0][1]?.value == results[.round(1), .round(1)]?.value)
    try checkPeople(in: shop)
    try checkReplay(in: shop)
    try checkAdversary(in: shop)
    let page = try String(contentsOfFile: "\(whole.lab)/report.html", encoding: .utf8)
    #expect(page.contains("Generator × detector matrix") && page.contains("class=\"chart\""))

    // Interrupted after every step, and within one of each sort.
    var torn = request
    torn.name = "torn"
    var sessions = 0
    while true {
      let interruption = Interruption()
      let outcome = try DuelRun.run(torn, interruption: interruption) { event in
        switch event {
        case .finished: interruption.press()
        case .swap(.stepped(let step, _)) where step.iteration == 1 && sessions < 3:
          interruption.press()
        case .detect(.stepped(_, let step, _)) where step.iteration == 2: interruption.press()
        default: break
        }
      }
      sessions += 1
      guard outcome.results == nil else { break }
      try #require(sessions < 80, "the duel does not get on")
    }
    #expect(sessions > whole.steps)
    #expect(try shop.weights(of: "torn") == shop.weights(of: "tiny"))
    let again = try #require(
      try DuelResults.read(at: "\(shop.workspace.lab(of: "torn"))/results.json"))
    #expect(again.matrix == results.matrix && again.reencoded == results.reencoded)
    #expect(again.roundResults.map(\.evasion) == results.roundResults.map(\.evasion))

    // Another session with a third round leaves the first two as they are.
    torn.rounds = 3
    var longer = try #require(
      try DuelState.read(at: "\(shop.workspace.lab(of: "torn"))/duel.json")
    ).settings
    longer.rounds = 3
    let early = DuelMatrix(longer, again)
    #expect(early.rounds == 2 && early.allRounds == 3 && early.columns.last == "detector 3")
    #expect(early.cells.allSatisfy { $0.last == .some(nil) })
    let more = try #require(try DuelRun.run(torn).results)
    #expect(
      more.rounds == 3 && more[.round(3), .round(3)]?.value != nil
        && more[.round(1), .round(3)]?.value != nil)
    for row in results.rows {
      for column in results.columns { #expect(more[row, column] == results[row, column]) }
    }

    // The name alone goes on with the duel as it is.
    var named = DuelRequest()
    (named.name, named.workspace) = (torn.name, torn.workspace)
    let last = try DuelRun.run(named) { event in
      if case .step = event { Issue.record("there was nothing to do") }
    }
    #expect(last.results?.matrix == more.matrix && last.results?.external == results.external)

    // Nothing is left to do.
    let third = try DuelRun.run(request) { event in
      if case .step = event { Issue.record("there was nothing to do") }
    }
    #expect(third.results?.matrix == results.matrix)
    var other = request
    other.replay = 0.25
    #expect(
      throws: RecordsError.differentSetting(
        run: "tiny", setting: "--replay", has: "0.5", asked: "0.25")
    ) { _ = try DuelRun.run(other) }
  }

  @Test func externalFakesOfPeopleWhoTeachAreRefused() throws {
    let shop = try DuelWorkshop()
    var request = try shop.request()
    request.external = try shop.strangers(of: ["p0", "p1", "p2", "p3", "p4", "p5"])
    #expect {
      _ = try DuelRun.run(request)
    } throws: { error in
      guard case WorkflowError.knownExternal(_, let person) = error else { return false }
      return person.hasPrefix("p")
    }
    let lab = shop.workspace.lab(of: request.name)
    #expect(!FileManager.default.fileExists(atPath: lab))
  }

  private func checkMatrix(_ results: DuelResults) throws {
    #expect(
      results.rounds == 2
        && results.rows == [.round(1), .round(2), .control(2), .reference, .external])
    #expect(results.columns == [.reference, .round(1), .round(2)])
    for (row, line) in zip(results.rows, results.matrix) {
      for (column, estimate) in zip(results.columns, line) {
        let value = try #require(estimate.value, "\(row) by \(column)")
        #expect((0...1).contains(value))
      }
    }
    let last = try #require(results.roundResults.last)
    let lost =
      try #require(results[.control(2), .round(1)]?.value)
      - (results[.round(2), .round(1)]?.value ?? .nan)
    #expect(abs((last.evasion?.value ?? .nan) - lost) < 1e-9)
    let gained = try #require(last.auc.value) - (last.previousAUC?.value ?? .nan)
    #expect(abs((last.recovery?.value ?? .nan) - gained) < 1e-9)
    #expect(Array(last.retention.keys) == [.round(1)])
    #expect(last.generators.count == 1 && last.controls.count == 1)
    #expect(last.costs.map(\.name).contains("held-out SSIM"))
  }

  /// Nobody of the test split is in any training or validation picture of any round.
  private func checkPeople(in shop: DuelWorkshop) throws {
    var people: [Split: Set<String>] = [:]
    var count = 0
    for name in try RunFolder.names(in: shop.folder.path("Datasets")) where name.hasPrefix("tiny-")
    {
      for sample in try LabeledDataset(reading: shop.workspace.datasets(of: name)).samples {
        people[sample.split, default: []].formUnion(sample.identities)
        count += 1
      }
    }
    #expect(count > 100)
    #expect(people.values.allSatisfy { $0.count == 2 }, "each split has one pair")
    #expect(people.values.reduce(into: Set<String>()) { $0.formUnion($1) }.count == 6)
  }

  /// The second set holds all of its own round and half of the first one.
  private func checkReplay(in shop: DuelWorkshop) throws {
    func samples(_ name: String) throws -> [Sample] {
      try LabeledDataset(reading: shop.workspace.datasets(of: name)).samples
    }
    let second = try samples("tiny-s1-d2").filter { $0.split == .training }
    let own = try samples("tiny-s1-g2-training").compactMap(\.hash)
    let first = try samples("tiny-s1-g1-training").compactMap(\.hash)
    #expect(second.count == 24)
    #expect(second.compactMap(\.hash).prefix(16).elementsEqual(own))
    let replayed = second.dropFirst(16).compactMap(\.hash)
    #expect(replayed.allSatisfy(first.contains))
    #expect(second.dropFirst(16).count { $0.label == .fake } == 4)
  }

  /// The second generator names its adversary and its beginning; the control has the one alone.
  private func checkAdversary(in shop: DuelWorkshop) throws {
    func settings(_ name: String) throws -> SwapSettings {
      try SwapTrainer.settings(
        of: "\(shop.workspace.checkpoints(of: name))/best.safetensors")
    }
    let (generator, control) = (
      try settings("tiny-s1-g2-test1"), try settings("tiny-s1-c2-test1")
    )
    let detector = shop.workspace.checkpoints(of: "tiny-s1-d1-shallow") + "/best.safetensors"
    #expect(generator.adversary?.name == "tiny-s1-d1-shallow")
    #expect(try generator.adversary?.hash == FileHash.ofFile(detector), "it has not changed")
    #expect(control.adversary == nil && control.initialization == generator.initialization)
    #expect(control.seed == generator.seed && control.initialization?.name == "tiny-s1-g1-test1")
    let log = SwapLog.lines(at: "\(shop.workspace.lab(of: "tiny-s1-g2-test1"))/log.jsonl")
    #expect(log.last?.evasionLossA != nil && log.last?.evasionLossB != nil)
  }
}
