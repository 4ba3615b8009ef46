import Engine
import Faces
import Foundation
public import Records

extension SetAudit {
  public var page: ReportPage {
    let name = (folder as NSString).lastPathComponent
    var blocks: [ReportPage.Block] = [
      .paragraph(summary),
      .table(findings.table),
      .heading("Splits"),
      .table(
        ReportTable(
          ["split", "real", "fake", "identities", "clips", "forgery methods"],
          splits.map { part in
            [
              part.split.rawValue, "\(part.real)", "\(part.fake)", "\(part.identities)",
              "\(part.clips)",
              part.methods.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", "),
            ]
          })),
    ]
    if let shortcuts {
      blocks += [.heading("Shortcut baselines"), .paragraph(MetricTables.leaks(shortcuts))]
      if !shortcuts.baselines.isEmpty { blocks.append(.table(MetricTables.audit(shortcuts))) }
    }
    blocks += [.heading("Near duplicates between splits"), .paragraph(SetAudit.hashing)]
    if !duplicates.pairs.isEmpty {
      blocks.append(
        .table(
          ReportTable(
            ["picture", "split", "its near duplicate", "split", "bits of 255 that differ"],
            duplicates.pairs.map { pair in
              [
                pair.first, pair.splits[0].rawValue,
                pair.second + (pair.isMirrored ? " (mirrored)" : ""), pair.splits[1].rawValue,
                "\(pair.distance)",
              ]
            })))
    }
    blocks += [
      .heading("Reproduce"), .command("dflab audit \(ShellWord.quoted(name))"),
    ]
    return ReportPage("Audit: \(name)", blocks)
  }

  public var summary: String { findings.summary(of: "on these \(samples) samples") }

  private static let hashing = """
    Every picture, and the first and middle frames of clips, are compared with those of the other splits by a perceptual \
    hash of 255 bits (the lowest coefficients of a discrete cosine transform, above or below their median), also as \
    mirror images. Pairs with at most \(PictureHash.nearDuplicate) differing bits count: compression, resizing and \
    blur change fewer, and no two of 1.1 million pairs of different people's photographs came nearer than 60. At most \
    \(NearDuplicates.mostPictures) pictures are compared.
    """
}
