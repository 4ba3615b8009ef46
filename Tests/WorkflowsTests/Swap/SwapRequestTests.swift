import Engine
import Faces
import Generation
import Testing

@testable import Records
@testable import Workflows

@Suite struct SwapRequestTests {
  @Test func whatIsNotAskedIsTheRunsOwn() throws {
    var settings = SwapSettings(.original)
    settings.batch = 7
    try SwapRequest(a: "a", b: "b").check(against: settings, of: "r")
  }

  @Test func anotherModelIsSaidInWords() {
    var request = SwapRequest(a: "a", b: "b")
    request.architecture = .original
    let error = RecordsError.differentSetting(
      run: "r", setting: "the model", has: "fast", asked: "original")
    #expect(throws: error) { try request.check(against: SwapSettings(.fast), of: "r") }
    #expect(
      error.description == """
        The run 'r' has the model fast, not original. Leave the option away to continue it, \
        or start another run with --name NEW.
        """)
  }

  @Test(arguments: [
    "--batch", "--seed", "--precision", "--learning-rate", "--select-by", "--holdout", "--loss",
    "--edge",
    "--eyes", "--mouth", "--mask", "--gan", "--jitter", "--occlusion", "--unwarped-end",
    "--start", "--adversary",
  ])
  func everySettingThatDiffersIsNamed(setting: String) {
    var request = SwapRequest(a: "a", b: "b")
    switch setting {
    case "--batch": request.batch = 3
    case "--seed": request.seed = 99
    case "--precision": request.precision = .bfloat16
    case "--learning-rate": request.learningRate = 0.5
    case "--select-by": request.selection = .truth
    case "--holdout": request.holdout = 0.3
    case "--loss": request.terms.loss = .dssim
    case "--edge": request.terms.edge = 0.25
    case "--eyes": request.terms.eyes = 4
    case "--mouth": request.terms.mouth = 4
    case "--mask": request.mask = .learned
    case "--gan": request.terms.gan = .hinge
    case "--jitter": request.terms.jitter = 4
    case "--occlusion": request.terms.occlusion = 0.75
    case "--start": request.terms.start = "x"
    case "--adversary": request.terms.adversary = "x"
    default: request.terms.unwarpedEnd = 0.875
    }
    do {
      try request.check(against: SwapSettings(.fast), of: "r")
      Issue.record("\(setting) was not refused")
    } catch {
      #expect("\(error)".contains("has \(setting) "))
    }
  }

  @Test func discriminatorsKeepTheSettingsThatAreNotAsked() throws {
    var request = SwapRequest(a: "a", b: "b")
    request.terms.gan = .hinge
    request.terms.ganWeight = 0.25
    let settings = request.fresh()
    #expect(settings.gan?.kind == .hinge && settings.gan?.weight == 0.25)
    #expect(settings.gan?.warmUp == AdversarialSettings(.hinge).warmUp)
    request.terms.ganWeight = nil
    try request.check(against: settings, of: "r")
    request.terms.ganWeight = 0.5
    let error = RecordsError.differentSetting(
      run: "r", setting: "--gan-weight", has: "0.25", asked: "0.5")
    #expect(throws: error) { try request.check(against: settings, of: "r") }
  }

  @Test func nothingOfATermIsTheSameAsNoTerm() {
    var request = SwapRequest(a: "a", b: "b")
    (request.terms.edge, request.terms.occlusion, request.terms.unwarpedEnd) = (0, 0, 0)
    (request.terms.eyes, request.terms.mouth) = (1, 1)
    let settings = request.fresh()
    #expect(settings.edgeWeight == nil && settings.warp.occlusion == nil)
    #expect(settings.features == nil && settings.unwarpedEnd == nil)
  }

  @Test func whereSwapsShowMayChangeBetweenSessions() throws {
    var request = SwapRequest(a: "a", b: "b")
    request.mask = .hull
    try request.check(against: SwapSettings(.fast), of: "r")
    var learned = SwapSettings(.fast)
    learned.mask = MaskTerms()
    try request.check(against: learned, of: "r")
  }

  @Test func aFreshRunTakesWhatIsAsked() {
    var request = SwapRequest(a: "a", b: "b")
    (request.architecture, request.batch, request.seed) = (.original, 5, 6)
    let settings = request.fresh()
    #expect(settings.architecture == .original && settings.batch == 5 && settings.seed == 6)
    #expect(settings.learningRate == SwapSettings(.original).learningRate)
  }

  @Test func otherPicturesAreSaidInWords() {
    let old = FaceRecord(folder: "/x", pictures: 20, fingerprint: "1")
    let moved = FaceRecord(folder: "/y", pictures: 20, fingerprint: "1")
    #expect(throws: Never.self) { try old.check(moved, side: "A", run: "r") }
    let changed = FaceRecord(folder: "/x", pictures: 21, fingerprint: "2")
    #expect(
      throws: WorkflowError.differentFaces(
        run: "r", side: "A", reason: "those in '/x' have changed since (20 then, 21 now)")
    ) { try old.check(changed, side: "A", run: "r") }
    let other = FaceRecord(folder: "/y", pictures: 20, fingerprint: "3")
    #expect(
      throws: WorkflowError.differentFaces(run: "r", side: "B", reason: "those in '/x', not '/y'")
    ) { try old.check(other, side: "B", run: "r") }
  }
}
