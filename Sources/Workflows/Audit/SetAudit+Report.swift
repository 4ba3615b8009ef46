import Engine
import Faces
import Foundation
public import Records

extension SetAudit {
  /// The page for readers who have nothing but it.
  public var page: ReportPage {
    let name = (folder as NSString).lastPathComponent
    var blocks: [ReportPage.Block] = [
      .paragraph(summary),
      .table(
        ReportTable(
          ["question", "verdict", "answer"],
          findings.map { [$0.question, $0.verdict.rawValue, $0.answer] })),
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

  /// The result in one sentence.
  public var summary: String {
    let failed = findings.filter { $0.verdict == .failed }.map(\.question)
    let cautions = findings.filter { $0.verdict == .caution }.map(\.question)
    let unknown = findings.filter { $0.verdict == .unknown }.map(\.question)
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    let head =
      failed.isEmpty
      ? "Nothing was found that makes metrics on these \(samples) samples meaningless."
      : "Metrics on these \(samples) samples cannot be trusted: \(list(failed))."
    return head + (cautions.isEmpty ? "" : " Use with caution: \(list(cautions)).")
      + (unknown.isEmpty ? "" : " Not checked: \(list(unknown)).")
  }

  private static let hashing = """
    Every picture, and the first and middle frames of clips, are compared with those of the other splits by a perceptual \
    hash of 255 bits (the lowest coefficients of a discrete cosine transform, above or below their median), also as \
    mirror images. Pairs with at most \(PictureHash.nearDuplicate) differing bits count: compression, resizing and \
    blur change fewer, and no two of 1.1 million pairs of different people's photographs came nearer than 60. At most \
    \(NearDuplicates.mostPictures) pictures are compared.
    """
}

extension SetAudit {
  /// Writes the page, and `audit.json` beside it; returns the folder.
  ///
  /// - Parameter folder: nil for `Labs/audit-SET` of the workspace.
  public func write(to folder: String?, workspace: String?) throws -> String {
    let target: String
    if let folder {
      target = Workspace.absolute(folder)
    } else {
      let name = "audit-\((self.folder as NSString).lastPathComponent)"
      let place = try Workspace.of(self.folder, named: workspace) ?? Workspace(named: workspace)
      target = place.lab(of: name)
    }
    try RunFolder.make(target)
    try WholeFile.write(try JSONText.pretty(self), to: "\(target)/audit.json")
    try page.write(to: target)
    return target
  }
}
