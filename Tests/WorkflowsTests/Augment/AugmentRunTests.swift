import Engine
import Faces
import Foundation
import Generation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct AugmentRunTests {
  private let shop: AugmentWorkshop

  init() throws { shop = try AugmentWorkshop() }

  @Test func aWorkspaceBecomesALabeledSet() throws {
    try shop.people(6)
    var events: [AugmentEvent] = []
    let outcome = try AugmentRun.make(shop.request()) { events.append($0) }
    #expect(outcome.made == 40 && outcome.pictures == 40)
    let set = try LabeledDataset(reading: outcome.folder)
    #expect(set.samples.count == 40 && set.skipped.isEmpty)
    #expect(set.samples.count { $0.label == .fake } == 20)
    #expect(Set(set.samples.map(\.split)) == Set(Split.allCases))
    #expect(
      events.contains(
        .read(
          faces: 24, clips: nil, people: 6, sets: (1...6).map { "people/p00\($0)" }, models: [])))
    for sample in set.samples {
      let bytes = try Data(contentsOf: URL(filePath: set.path(of: sample)))
      #expect(sample.hash == FileHash.of(bytes))
      #expect(sample.seed == 1 && sample.landmarks?.count == 68)
      let image = try Image(reading: set.path(of: sample))
      #expect(image.width == 64 && image.height == 64)
    }
    let people = try #require(try PeopleTable(of: outcome.folder))
    #expect(set.samples.allSatisfy { people[$0.identities[0], "skin_tone"] != nil })
    let sheet = try Image(reading: try #require(outcome.sheet))
    #expect(sheet.width > 8 * 128)
    try expectReport(in: outcome.folder)
    let report = try String(contentsOfFile: "\(outcome.folder)/report.md", encoding: .utf8)
    #expect(report.contains("40 samples: 20 real, 20 fake."))
    #expect(report.contains(" --faces Datasets/people --models none --count 40 "))
    let counts = Dictionary(grouping: set.samples, by: \.method).mapValues(\.count)
    let rows = report.split(separator: "\n")
    for (method, count) in counts {
      let isTold = rows.contains { $0.hasPrefix("| \(method) | ") && $0.hasSuffix(" \(count) |") }
      #expect(isTold, "\(method)")
    }
  }

  @Test func weightedFaceSetsAreDrawnMoreOften() throws {
    try shop.people(2, in: "rare", seed: 3)
    try shop.people(2, in: "often")
    var request = shop.request(80)
    request.mixture = AugmentRecipe()
    request.mixture?.methods = [.sbi: 1]
    request.mixture?.weights = ["often": 3]
    request.shares = try #require(SplitRatios("100/0/0"))
    _ = try AugmentRun.make(request)
    let samples = try LabeledDataset(reading: shop.set()).samples
    let often = samples.count { $0.identities[0].hasPrefix("seed7-") }
    #expect(often == 60, "\(often) of 80")
  }

  @Test func aWeightOfNoFaceSetIsRefused() throws {
    try shop.people(2)
    var request = shop.request()
    request.mixture = AugmentRecipe()
    request.mixture?.weights = ["peeple": 2]
    #expect(throws: RecordsError.self) { try AugmentRun.make(request) }
  }

  @Test func everyFakeHasARealTwinOfTheSameFaceAndDegradation() throws {
    try shop.people(6)
    _ = try AugmentRun.make(shop.request(60))
    let samples = try LabeledDataset(reading: shop.set()).samples
    for pair in stride(from: 0, to: samples.count, by: 2) {
      let (one, other) = (samples[pair], samples[pair + 1])
      #expect(one.label != other.label)
      #expect(one.parameters?["source"] == other.parameters?["source"])
      #expect(one.degradations == other.degradations && one.split == other.split)
    }
    // The place in the pair tells nothing.
    let first = Set(stride(from: 0, to: samples.count, by: 2).map { samples[$0].label })
    #expect(first == [.real, .fake])
  }

  @Test func aDonorIsOfTheSameSplit() throws {
    try shop.people(9)
    let recipe = try write(
      #"{"methods":{"sbi":0,"warp":0,"upsample":0,"reenact":0,"reconstruct":0}}"#)
    var request = shop.request(60)
    request.recipe = recipe
    // One person alone in a split would have no donor.
    request.shares = try #require(SplitRatios("40/30/30"))
    _ = try AugmentRun.make(request)
    let samples = try LabeledDataset(reading: shop.set()).samples
    let fakes = samples.filter { $0.label == .fake }
    #expect(fakes.allSatisfy { $0.method == "xray" && $0.identities.count == 2 })
    #expect(fakes.allSatisfy { $0.boundary != nil })
    let places = Dictionary(grouping: samples, by: { $0.identities[0] }).mapValues { $0[0].split }
    for fake in fakes { #expect(places[fake.identities[1]] ?? fake.split == fake.split) }
  }

  @Test func threadsChangeNoBit() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(24))
    let first = try shop.contents()
    try FileManager.default.removeItem(atPath: shop.set())
    _ = try ThreadPool.with(threads: 1) { try AugmentRun.make(shop.request(24)) }
    #expect(try shop.contents() == first)
    #expect(first.count > 24)
  }

  @Test func anotherSeedGivesAnotherSet() throws {
    try shop.people(4)
    var request = shop.request(12)
    _ = try AugmentRun.make(request)
    (request.seed, request.name) = (2, "other")
    _ = try AugmentRun.make(request)
    #expect(try shop.contents()["manifest.jsonl"] != shop.contents("other")["manifest.jsonl"])
  }

  @Test func anInterruptedRunGoesOnAndEndsTheSame() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(200))
    let whole = try shop.contents()
    try FileManager.default.removeItem(atPath: shop.set())
    let interruption = Interruption()
    let half = try AugmentRun.make(shop.request(200), interruption: interruption) { event in
      if case .made = event { interruption.press() }
    }
    #expect(half.made == 128 && half.sheet == nil && half.audit == nil)
    var events: [AugmentEvent] = []
    _ = try AugmentRun.make(shop.request(200)) { events.append($0) }
    #expect(events.contains(.started(folder: shop.set(), done: 128, of: 200)))
    #expect(try shop.contents() == whole)
  }

  @Test func whatAKillHasTornIsMadeWhole() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(24))
    let whole = try shop.contents()
    let manifest = URL(filePath: shop.set() + "/manifest.jsonl")
    try Data(contentsOf: manifest).dropLast(900).write(to: manifest)
    try FileManager.default.removeItem(atPath: shop.set() + "/pictures/000002.jpg")
    _ = try AugmentRun.make(shop.request(24))
    #expect(try shop.contents() == whole)
  }

  @Test func morePicturesLeaveTheOthersAsTheyAre() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(12))
    let few = try shop.contents()
    _ = try AugmentRun.make(shop.request(20))
    let many = try shop.contents()
    for (name, bytes) in few where name.hasPrefix("pictures/") { #expect(many[name] == bytes) }
    try FileManager.default.removeItem(atPath: shop.set())
    _ = try AugmentRun.make(shop.request(20))
    #expect(try shop.contents() == many)
  }

  @Test func morePicturesVoidTheAuditOfFewer() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(12))
    let audit = AugmentFolder(path: shop.set()).audit
    try Data("{}".utf8).write(to: URL(filePath: audit))
    _ = try AugmentRun.make(shop.request(12))
    #expect(FileManager.default.fileExists(atPath: audit), "nothing was added")
    _ = try AugmentRun.make(shop.request(20))
    #expect(!FileManager.default.fileExists(atPath: audit))
  }

  @Test(arguments: [(2.0, 40), (0.5, 20), (1.0, 30)])
  func theRatioOfFakesHolds(ratio: Double, fakes: Int) throws {
    try shop.people(4)
    var request = shop.request(60)
    request.fakeRatio = ratio
    _ = try AugmentRun.make(request)
    let samples = try LabeledDataset(reading: shop.set()).samples
    #expect(samples.count { $0.label == .fake } == fakes)
  }

  @Test func othersSettingsAreRefusedUnlessForced() throws {
    try shop.people(4)
    var request = shop.request(8)
    _ = try AugmentRun.make(request)
    let before = try shop.contents()
    request.seed = 9
    #expect(
      throws: WorkflowError.setInTheWay(
        path: shop.set(), reason: "it was created with --seed 1, not 9")
    ) { try AugmentRun.make(request) }
    request.seed = 1
    try shop.people(4, in: "more", seed: 8)
    #expect(
      throws: WorkflowError.setInTheWay(
        path: shop.set(), reason: "it was created without the face set 'more/p001'")
    ) { try AugmentRun.make(request) }
    #expect(try shop.contents() == before)
    request.isForced = true
    _ = try AugmentRun.make(request)
    #expect(try LabeledDataset(reading: shop.set()).samples.count == 8)
  }

  @Test func strangersThingsAreNotTouched() throws {
    try shop.people(4)
    try RunFolder.make(shop.set())
    try Data("mine".utf8).write(to: URL(filePath: shop.set() + "/notes.txt"))
    var request = shop.request(8)
    for isForced in [false, true] {
      request.isForced = isForced
      #expect(
        throws: WorkflowError.setInTheWay(
          path: shop.set(), reason: "it contains other files, such as 'notes.txt'")
      ) { try AugmentRun.make(request) }
    }
  }

  @Test func aSetWithoutLandmarksNamesWhatIsLeft() throws {
    try shop.plain(["a", "b", "c", "d"])
    var notes: [String] = []
    _ = try AugmentRun.make(shop.request(12)) {
      if case .noted(let note) = $0 { notes.append(note) }
    }
    #expect(notes.contains { $0.hasPrefix("Skipping method 'sbi': ") && $0.contains("landmarks") })
    #expect(
      notes.contains { $0.hasPrefix("Skipping method 'swap': ") && $0.contains("dflab swap") })
    #expect(notes.last == "Remaining methods: upsample, reconstruct.")
    let samples = try LabeledDataset(reading: shop.set()).samples
    #expect(Set(samples.map(\.method)) == ["real", "upsample", "reconstruct"])
  }

  @Test func nothingToForgeIsSaid() throws {
    try shop.plain(["a", "b", "c"])
    var request = shop.request(8)
    request.recipe = try write(#"{"methods":{"upsample":0,"reconstruct":0}}"#)
    do {
      _ = try AugmentRun.make(request)
      Issue.record("not refused")
    } catch let error as WorkflowError {
      #expect(error.description.contains("No forgery method applies to the training split"))
    }
    #expect(!FileManager.default.fileExists(atPath: shop.set()))
  }

  @Test func tooFewPeopleForTheSplitAreSaidWithTheWayOut() throws {
    try shop.people(2)
    var request = shop.request(8)
    #expect(
      throws: FacesError.tooFewGroups(shares: "70/15/15", people: 2, groups: 2, needed: 3)
    ) { try AugmentRun.make(request) }
    request.shares = try #require(SplitRatios("100/0/0"))
    _ = try AugmentRun.make(request)
    #expect(try Set(LabeledDataset(reading: shop.set()).samples.map(\.split)) == [.training])
  }

  @Test func setsOfOnePersonAreTiedByTheRecipe() throws {
    try shop.plain(["a", "b", "c", "d"])
    var request = shop.request(16)
    request.recipe = try write(#"{"people":{"d":"a"}}"#)
    _ = try AugmentRun.make(request)
    let samples = try LabeledDataset(reading: shop.set()).samples
    #expect(Set(samples.map { $0.identities[0] }) == ["a", "b", "c"])
    let recipe = try write(#"{"people":{"e":"a"}}"#)
    (request.recipe, request.name) = (recipe, "other")
    #expect(
      throws: RecordsError.badRecipe(
        path: recipe,
        reason: "'people' has 'e', which is not a face set; the face sets are 'a', 'b', 'c', 'd'",
        manual: "Datasets/README.md")
    ) { try AugmentRun.make(request) }
  }

  @Test func anEmptyWorkspaceSaysWhereFacesComeFrom() throws {
    #expect(throws: WorkflowError.noFaceSet(path: "\(shop.workspace.path)/Datasets")) {
      try AugmentRun.make(shop.request())
    }
    var request = shop.request()
    request.faces = [shop.folder.path("Labs")]
    #expect(throws: WorkflowError.noFaceSet(path: shop.folder.path("Labs"))) {
      try AugmentRun.make(request)
    }
  }

  @Test func aModelThatIsNotThereIsNamed() throws {
    try shop.people(4)
    var request = shop.request()
    request.models = ["nobody"]
    #expect(throws: RecordsError.self) { try AugmentRun.make(request) }
  }

  @Test func labeledSetsAndTheResultAreNoFaceSets() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(8))
    let sets = try SourceSet.all(of: shop.workspace)
    #expect(sets.map(\.name) == (1...4).map { "people/p00\($0)" })
  }

  @Test func realAndFakeBearTheSameMark() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(12))
    let set = try LabeledDataset(reading: shop.set())
    let shapes = try set.samples.map { sample in
      FileShape(of: [UInt8](try Data(contentsOf: URL(filePath: set.path(of: sample)))))
    }
    #expect(Set(shapes.map(\.tables)).count == 1 && shapes[0].tables.count == 128)
    var marks: Set<Data> = []
    for sample in set.samples {
      let bytes = try Data(contentsOf: URL(filePath: set.path(of: sample)))
      #expect(bytes.range(of: Data("trainedAlgorithmicMedia".utf8)) != nil)
      #expect(!sample.path.contains(sample.method))
      // All that comes before the padding, but for the credentials, which hash the picture.
      let mark = try #require(bytes.range(of: Data("http://ns.adobe.com/xap".utf8)))
      let padding = try #require(
        bytes.range(of: Data([0xFF, 0xFE]), in: mark.upperBound..<bytes.endIndex))
      marks.insert(bytes[mark.lowerBound..<padding.lowerBound])
    }
    #expect(marks.count == 1)
  }

  @Test func thePaddingTakesHalfOfWhatTwinsDifferBy() throws {
    try shop.people(4)
    _ = try AugmentRun.make(shop.request(24))
    let set = try LabeledDataset(reading: shop.set())
    // With as many fakes as real ones, twins are neighbors.
    for pair in stride(from: 0, to: 24, by: 2) {
      let files = try [pair, pair + 1].map {
        [UInt8](try Data(contentsOf: URL(filePath: set.path(of: set.samples[$0]))))
      }
      let padding = files.map { FileShape(of: $0).metadata }
      let (longer, less) = (files[0].count - files[1].count, padding[1] - padding[0])
      #expect(abs(longer - less) <= 1, "\(set.samples[pair].path): \(longer), \(less)")
      // A single byte cannot be halved.
      #expect(padding[0] != padding[1] || abs(files[0].count - files[1].count) <= 1)
    }
  }

  @Test func hashesAreThoseOfEveryoneElse() {
    // >>> hashlib.sha256(b"abc").hexdigest()
    #expect(
      FileHash.of("abc".utf8)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func theLargestSetsAreThinnedFirst() {
    #expect(SourceFaces.quota([10, 20, 1000], most: 100) == 70)
    #expect(SourceFaces.quota([1000, 1000], most: 100) == 50)
    #expect(SourceFaces.quota([3, 4], most: 100) == 4)
  }

  private func write(_ text: String) throws -> String {
    let path = shop.folder.path("recipe-\(text.count).json")
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }
}
