import Engine
import Faces
import Foundation
import Media
import Records
import TestSupport
import Testing

@testable import Workflows

/// A picture of random blocks, unlike those of other seeds.
private func picture(_ seed: UInt64, mirrored: Bool = false) throws -> Image {
  var chance = RandomSource(seed: seed)
  let small = Image(
    width: 20, height: 20,
    pixels: (0..<20 * 20 * 3).map { _ in UInt8(chance.uniform(0...255)) })
  let image = small.resized(width: 96, height: 96, filter: .bilinear)
  guard mirrored else { return image }
  var pixels: [UInt8] = []
  for y in 0..<96 {
    for x in 0..<96 {
      let place = (y * 96 + 95 - x) * 3
      pixels += image.pixels[place..<place + 3]
    }
  }
  return Image(width: 96, height: 96, pixels: pixels)
}

/// A labeled dataset on the disk, one person a sample.
private struct AuditedSet {
  let folder: TemporaryFolder
  var lines: [Sample] = []

  init() throws { folder = try TemporaryFolder() }

  /// Adds a sample, and stores its picture as JPEG.
  mutating func add(
    _ image: Image, _ label: Label, _ split: Split, identity: String? = nil, method: String = "sbi",
    quality: Int = 95
  ) throws {
    let name = "\(lines.count).jpg"
    let bytes = try image.encoded(as: .jpeg(quality: quality), mark: nil)
    try Data(bytes).write(to: URL(filePath: folder.path(name)))
    let identity = identity ?? "person\(lines.count)"
    var sample = Sample(
      path: name, label: label, split: split, identities: [identity],
      clips: ["clip of \(identity)"],
      method: label == .fake ? method : Sample.real)
    sample.hash = FileHash.of(bytes)
    lines.append(sample)
  }

  func audit() throws -> SetAudit {
    let writer = try LabeledDatasetWriter(in: folder.path)
    try writer.append(lines)
    return try SetAudit(of: folder.path, workspace: nil)
  }
}

extension SetAudit {
  fileprivate func verdict(_ question: String) -> AuditFinding.Verdict? {
    findings.first { $0.question == question }?.verdict
  }

  fileprivate func answer(_ question: String) -> String? {
    findings.first { $0.question == question }?.answer
  }
}

@Suite struct SetAuditTests {
  /// Twelve people in each split, half of them fake.
  private func sound() throws -> AuditedSet {
    var set = try AuditedSet()
    for (index, split) in Split.allCases.enumerated() {
      for person in 0..<12 {
        try set.add(
          try picture(UInt64(100 * index + person)), person % 2 == 0 ? .real : .fake, split)
      }
    }
    return set
  }

  @Test func nothingIsFoundInASoundDataset() throws {
    let audit = try sound().audit()
    #expect(audit.findings.areTrustworthy, "\(audit.findings)")
    #expect(audit.verdict("files") == .passed)
    #expect(audit.verdict("near duplicates between splits") == .passed)
    #expect(audit.answer("near duplicates between splits") == "None among 36 pictures.")
    #expect(audit.verdict("test split") == .passed)
    #expect(audit.verdict("repetition") == .unknown)
    #expect(
      audit.splits.map(\.real) == [6, 6, 6] && audit.splits.map(\.identities) == [12, 12, 12])
  }

  /// The same picture under another name, compressed anew or mirrored.
  @Test(arguments: [(25, false), (90, true)])
  func aCopyInAnotherSplitIsFound(quality: Int, isMirrored: Bool) throws {
    var set = try sound()
    try set.add(
      try picture(3, mirrored: isMirrored), .real, .test, identity: "somebody else",
      quality: quality)
    let audit = try set.audit()
    #expect(!audit.findings.areTrustworthy)
    #expect(audit.duplicates.count == 1)
    let pair = try #require(audit.duplicates.pairs.first)
    #expect(pair.first == "3.jpg" && pair.second == "36.jpg" && pair.isMirrored == isMirrored)
    #expect(
      audit.answer("near duplicates between splits")
        == "1 pairs among 37 pictures, such as '3.jpg' and '36.jpg'\(isMirrored ? ", mirrored" : ""): "
        + "the same picture or clip is in two splits, under whatever names.")
    let page = audit.page.markdown
    #expect(page.contains("Metrics on these 37 samples cannot be trusted"))
  }

  @Test func anIdentityInTwoSplitsAndAChangedFileAreFound() throws {
    var set = try sound()
    try set.add(try picture(999), .fake, .test, identity: "person0")
    try Data(try picture(998).encoded(as: .png, mark: nil))
      .write(to: URL(filePath: set.folder.path("5.jpg")))
    let audit = try set.audit()
    #expect(audit.verdict("identities and clips of the manifest") == .failed)
    #expect(audit.verdict("files") == .failed)
    #expect(
      audit.answer("files") == "Of 37 files, 1 are modified and 0 are missing, such as '5.jpg'.")
    // Nothing can be trained on such a dataset.
    #expect(audit.verdict("shortcuts") == .unknown)
  }

  @Test func theLabelInTheColorIsFound() throws {
    var set = try AuditedSet()
    for (index, split) in Split.allCases.enumerated() {
      for person in 0..<24 {
        let label: Label = person % 2 == 0 ? .real : .fake
        let image = try picture(UInt64(100 * index + person))
        let pixels = label == .real ? image.pixels : image.pixels.map { $0 / 3 }
        try set.add(Image(width: 96, height: 96, pixels: pixels), label, split)
      }
    }
    let audit = try set.audit()
    #expect(audit.verdict("shortcuts") == .failed)
    #expect(audit.answer("shortcuts")?.contains("mean color") == true)
  }

  @Test func methodsAndClassesAreComparedBetweenSplits() throws {
    var set = try sound()
    try set.add(try picture(901), .fake, .test, method: "swap")
    try set.add(try picture(902), .fake, .validation, method: "swap")
    try set.add(try picture(903), .fake, .training, method: "warp")
    let audit = try set.audit()
    #expect(audit.verdict("forgery methods") == .caution)
    #expect(
      audit.answer("forgery methods")
        == "Tested without being trained on: swap. Trained on without being tested: warp. Of the "
        + "unseen methods, the validation split has swap: thresholds know them.")
    #expect(audit.verdict("classes") == .passed)
  }

  @Test func aPictureOfOneColorHasNoHash() {
    let flat = Image(width: 40, height: 40, pixels: [UInt8](repeating: 90, count: 40 * 40 * 3))
    #expect(PictureHash.pair(of: flat) == nil)
  }
}
