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
      run: "r", setting: "--model", has: "fast", asked: "original")
    #expect(throws: error) { try request.check(against: SwapSettings(.fast), of: "r") }
    #expect(
      error.description == """
        Run 'r' has --model fast, not original. Omit the option to resume the run, \
        or start a new one with --name NEW.
        """)
  }

  @Test func theEffortDecidesOnWhatIsLeftOpen() {
    var request = SwapRequest(a: "a", b: "b")
    #expect(request.resolved == request)
    request.effort = .best
    #expect(request.resolved.size == 128 && request.resolved.minutes == 60)
    #expect(request.resolved.lossOptions.gan == .lsgan)
    (request.size, request.iterations) = (96, 500)
    #expect(request.resolved.size == 96 && request.resolved.minutes == nil)
    request.architecture = .original
    #expect(
      request.conflict?.hasPrefix("--model original has faces of 64×64 pixels, not 96×96.") == true)
    request.size = nil
    #expect(request.conflict == nil && request.resolved.size == nil)
    request.size = 100
    #expect(request.conflict == "--size must be 64, 96, 128, or 192, not 100.")
  }

  @Test(arguments: [
    "--size", "--batch", "--seed", "--precision", "--learning-rate", "--select-by", "--holdout",
    "--loss",
    "--edge-weight",
    "--eye-weight", "--mouth-weight", "--mask", "--gan", "--color-jitter", "--occlusion",
    "--unwarped-fraction",
    "--init", "--adversary",
  ])
  func everySettingThatDiffersIsNamed(setting: String) {
    var request = SwapRequest(a: "a", b: "b")
    switch setting {
    case "--size": request.size = 128
    case "--batch": request.batch = 3
    case "--seed": request.seed = 99
    case "--precision": request.precision = .bfloat16
    case "--learning-rate": request.learningRate = 0.5
    case "--select-by": request.selection = .groundTruth
    case "--holdout": request.holdout = 0.3
    case "--loss": request.lossOptions.loss = .dssim
    case "--edge-weight": request.lossOptions.edgeWeight = 0.25
    case "--eye-weight": request.lossOptions.eyeWeight = 4
    case "--mouth-weight": request.lossOptions.mouthWeight = 4
    case "--mask": request.mask = .learned
    case "--gan": request.lossOptions.gan = .hinge
    case "--color-jitter": request.lossOptions.colorJitter = 4
    case "--occlusion": request.lossOptions.occlusion = 0.75
    case "--init": request.lossOptions.initialModel = "x"
    case "--adversary": request.lossOptions.adversary = "x"
    default: request.lossOptions.unwarpedFraction = 0.875
    }
    do {
      try request.check(against: SwapSettings(.fast), of: "r")
      Issue.record("\(setting) was not refused")
    } catch {
      #expect("\(error)".contains("has \(setting) "))
    }
  }

  @Test func runsKeepTheirPrecisionOnAnyProcessor() throws {
    let request = SwapRequest(a: "a", b: "b")
    #expect(request.fresh().precision == .fastest)
    for precision in Precision.allCases {
      var settings = SwapSettings(.fast)
      settings.precision = precision
      try request.check(against: settings, of: "r")
    }
  }

  @Test func discriminatorsKeepTheSettingsThatAreNotAsked() throws {
    var request = SwapRequest(a: "a", b: "b")
    request.lossOptions.gan = .hinge
    request.lossOptions.ganWeight = 0.25
    let settings = request.fresh()
    #expect(settings.gan?.kind == .hinge && settings.gan?.weight == 0.25)
    #expect(settings.gan?.warmup == AdversarialSettings(.hinge).warmup)
    request.lossOptions.ganWeight = nil
    try request.check(against: settings, of: "r")
    request.lossOptions.ganWeight = 0.5
    let error = RecordsError.differentSetting(
      run: "r", setting: "--gan-weight", has: "0.25", asked: "0.5")
    #expect(throws: error) { try request.check(against: settings, of: "r") }
  }

  @Test func nothingOfATermIsTheSameAsNoTerm() {
    var request = SwapRequest(a: "a", b: "b")
    (
      request.lossOptions.edgeWeight, request.lossOptions.occlusion,
      request.lossOptions.unwarpedFraction
    ) = (0, 0, 0)
    (request.lossOptions.eyeWeight, request.lossOptions.mouthWeight) = (1, 1)
    let settings = request.fresh()
    #expect(settings.edgeWeight == nil && settings.warp.occlusion == nil)
    #expect(settings.features == nil && settings.unwarpedFraction == nil)
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
    let old = FaceRecord(folder: "/x", pictures: 20, hash: "1")
    let moved = FaceRecord(folder: "/y", pictures: 20, hash: "1")
    #expect(throws: Never.self) { try old.check(moved, side: "A", run: "r") }
    let changed = FaceRecord(folder: "/x", pictures: 21, hash: "2")
    #expect(
      throws: WorkflowError.differentFaces(
        run: "r", side: "A", reason: "those in '/x' have changed since (20 then, 21 now)")
    ) { try old.check(changed, side: "A", run: "r") }
    let other = FaceRecord(folder: "/y", pictures: 20, hash: "3")
    #expect(
      throws: WorkflowError.differentFaces(run: "r", side: "B", reason: "those in '/x', not '/y'")
    ) { try old.check(other, side: "B", run: "r") }
  }
}
