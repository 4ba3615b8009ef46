import Engine
import Faces
import Foundation
import Records

/// Labeled sets as one: the same files under new names, with a manifest of their own.
struct JoinedSet {
  /// A set, and how much of it.
  struct Part: Codable, Equatable {
    /// The folder, from the root.
    let path: String
    /// The share of its pictures, 0…1; a real picture and its forged twin stay together.
    let share: Double
  }

  private let parts: [Part]
  private let samples: [Sample]
  /// Where each picture is, and its name in the set.
  private let files: [(from: String, name: String)]

  /// Reads the manifests.
  init(_ parts: [Part]) throws {
    var (samples, files): ([Sample], [(from: String, name: String)]) = ([], [])
    for part in parts where part.share > 0 {
      let set = try LabeledDataset(reading: part.path)
      if let missing = set.skipped.first {
        throw WorkflowError.missingSamples(
          path: set.path, first: missing.name, count: set.skipped.count)
      }
      for index in JoinedSet.kept(set.samples, share: part.share) {
        let own = set.samples[index]
        var sample = own
        // Where pictures were blended is known in their own set.
        sample.boundary = nil
        sample.rename(to: AugmentFolder.picture(samples.count))
        samples.append(sample)
        files += zip(own.files, sample.files).map { ("\(set.path)/\($0.path)", $1.path) }
      }
    }
    (self.parts, self.samples, self.files) = (parts.filter { $0.share > 0 }, samples, files)
  }

  /// Writes the set, and records what it was joined from.
  func make(at path: String, in workspace: Workspace, _ interruption: Interruption) throws {
    try RunFolder.make(path)
    let session = RunSession(unlocked: interruption)
    session.record(
      step: "join", at: path, in: workspace,
      settings: [
        "parts": parts.map { Part(path: workspace.relative($0.path), share: $0.share) }
      ], sources: parts.map(\.path), places: [path])
    try session.perform(noting: { made(at: path) }) { try write(to: path) }
  }

  /// The manifest and the pictures, each with what it was made from.
  private func made(at path: String) -> [Artifact] {
    let manifests = parts.map {
      Artifact.Origin.file("\($0.path)/\(LabeledDataset.manifestName)")
    }
    return [Artifact("\(path)/\(LabeledDataset.manifestName)", from: manifests)]
      + files.map { Artifact("\(path)/\($0.name)", from: [.file($0.from)]) }
  }

  /// Writes the set; the manifest comes last, so that a set with one is whole.
  private func write(to path: String) throws {
    let folders = Set(files.map { ($0.name as NSString).deletingLastPathComponent })
    for folder in folders.union(["pictures"]).sorted() {
      try RunFolder.make("\(path)/\(folder)")
    }
    let manager = FileManager.default
    for file in files {
      let target = "\(path)/\(file.name)"
      if manager.fileExists(atPath: target) { try RunFolder.remove(target) }
      do {
        // One file under two names takes no room; another disk needs a copy.
        try manager.linkItem(atPath: file.from, toPath: target)
      } catch {
        try WholeFile.write([UInt8](try Data(contentsOf: URL(filePath: file.from))), to: target)
      }
    }
    try WholeFile.write(
      samples.map { try JSONText.line($0) + [0x0A] },
      to: "\(path)/\(LabeledDataset.manifestName)")
  }

  /// The numbers of the samples that a share keeps: whole units, evenly spread.
  ///
  /// Neighbors that were made of one picture are a unit.
  static func kept(_ samples: [Sample], share: Double) -> [Int] {
    var units: [[Int]] = []
    for index in samples.indices {
      let source = samples[index].parameters?["source"]
      if let last = units.last?.last, source != nil, samples[last].parameters?["source"] == source {
        units[units.count - 1].append(index)
      } else {
        units.append([index])
      }
    }
    let count = Int((min(max(share, 0), 1) * Double(units.count)).rounded())
    return (0..<count).flatMap { units[$0 * units.count / count] }
  }
}
