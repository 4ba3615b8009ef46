import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Records
@testable import Workflows

@Suite struct AuditTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aFileTellsItsTablesAndItsMark() throws {
    let image = gradientPictures(1, side: 32, seed: 1)[0]
    let plain = FileShape(of: try image.encoded(as: .jpeg(quality: 80), mark: nil))
    #expect(plain.width == 32 && plain.height == 32)
    #expect(plain.tables.count == 128 && plain.sampling == [1, 1, 1, 1, 1, 1])
    let coarse = FileShape(of: try image.encoded(as: .jpeg(quality: 40), mark: nil))
    #expect(coarse.tables != plain.tables)
    let marked = FileShape(
      of: try image.encoded(as: .jpeg(quality: 80), mark: .synthetic(by: "x")))
    #expect(marked.metadata > plain.metadata + 300)
    let picture = FileShape(of: try image.encoded(as: .png, mark: .synthetic(by: "x")))
    #expect(picture.width == 32 && picture.metadata > 300 && picture.tables.isEmpty)
  }

  @Test(arguments: [0, 1, 3, 20, 21, 100, 300])
  func aTornFileIsReadAsFarAsItGoes(length: Int) throws {
    let image = gradientPictures(1, side: 32, seed: 1)[0]
    for format in [PictureFormat.png, .jpeg(quality: 80)] {
      let bytes = try image.encoded(as: format, mark: nil)
      let shape = FileShape(of: Array(bytes.prefix(length)))
      #expect(shape.width == 0 || shape.width == 32)
    }
  }

  @Test func whatTellsNothingStaysNearChance() throws {
    let report = try audit { _, image in try image.encoded(as: .jpeg(quality: 90), mark: nil) }
    #expect(report.samples == 240 && report.reason == nil)
    #expect(
      Set(report.baselines.map(\.name)) == [
        "file size", "dimensions", "JPEG tables", "metadata", "border pixels", "mean color",
      ])
    for baseline in report.baselines { #expect(baseline.isAtChance, "\(baseline)") }
  }

  @Test func tablesThatTellAreFound() throws {
    let report = try audit { label, image in
      try image.encoded(as: .jpeg(quality: label == .fake ? 80 : 90), mark: nil)
    }
    #expect(report.leaks.contains { $0.name == "JPEG tables" && $0.auc > 0.99 })
  }

  @Test func aMarkOnFakesAloneIsFound() throws {
    let report = try audit { label, image in
      try image.encoded(
        as: .jpeg(quality: 90), mark: label == .fake ? .synthetic(by: "x") : nil)
    }
    #expect(report.leaks.contains { $0.name == "metadata" && $0.auc > 0.99 })
  }

  @Test func aBorderThatTellsIsFound() throws {
    let report = try audit { label, image in
      var image = image
      if label == .fake {
        for x in 0..<image.width { for y in 0..<4 { image[x: x, y: y] = Color(255, 0, 0) } }
      }
      return try image.encoded(as: .png, mark: nil)
    }
    #expect(report.leaks.contains { $0.name == "border pixels" && $0.auc > 0.9 })
  }

  @Test func aReportComesBackAsWritten() throws {
    let report = try audit { _, image in try image.encoded(as: .png, mark: nil) }
    try report.write(to: folder.path("audit.json"))
    #expect(AuditReport(reading: folder.path("audit.json")) == report)
    #expect(AuditReport(reading: folder.path("none.json")) == nil)
  }

  @Test func onePersonAloneCannotBeAudited() throws {
    let report = try audit(people: 1) { _, image in try image.encoded(as: .png, mark: nil) }
    #expect(report.baselines.isEmpty && report.reason != nil)
  }

  /// The audit of 240 pictures, a real and a fake one of each of 120, encoded by `encode`.
  private func audit(
    people: Int = 12, _ encode: (Label, Image) throws -> [UInt8]
  ) throws -> AuditReport {
    var samples: [Sample] = []
    for (number, image) in gradientPictures(120, side: 32, seed: 5).enumerated() {
      for label in Label.allCases {
        let sample = Sample(
          path: "\(number)-\(label.rawValue).jpg", label: label, split: .training,
          identities: ["p\(number % people)"], clips: ["c\(number % people)"],
          method: label == .real ? "real" : "swap")
        try Data(try encode(label, image)).write(to: URL(filePath: folder.path(sample.path)))
        samples.append(sample)
      }
    }
    return try AuditReport(of: LabeledDataset(samples, in: folder.path))
  }
}
