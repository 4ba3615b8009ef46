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
  private let samples: [(file: String, sample: Sample)]

  /// Reads the manifests.
  init(_ parts: [Part]) throws {
    var samples: [(file: String, sample: Sample)] = []
    for part in parts where part.share > 0 {
      let set = try LabeledDataset(reading: part.path)
      if let missing = set.skipped.first {
        throw WorkflowError.missingSamples(
          path: set.path, first: missing.name, count: set.skipped.count)
      }
      for index in JoinedSet.kept(set.samples, share: part.share) {
        let own = set.samples[index]
        var sample = own
        sample.path = AugmentFolder.picture(samples.count)
        // Where pictures were blended is known in their own set.
        sample.boundary = nil
        samples.append((set.path(of: own), sample))
      }
    }
    (self.parts, self.samples) = (parts.filter { $0.share > 0 }, samples)
  }

  /// Writes the set, and records what it was joined from.
  func make(at path: String, in workspace: Workspace, _ interruption: Interruption) throws {
    try RunFolder.make(path)
    let session = RunSession(unlocked: interruption)
    session.record(
      "join", at: path, in: workspace,
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
      + samples.map { Artifact("\(path)/\($0.sample.path)", from: [.file($0.file)]) }
  }

  /// Writes the set; the manifest comes last, so that a set with one is whole.
  private func write(to path: String) throws {
    try RunFolder.make("\(path)/pictures")
    let files = FileManager.default
    for (file, sample) in samples {
      let target = "\(path)/\(sample.path)"
      if files.fileExists(atPath: target) { try RunFolder.remove(target) }
      do {
        // One file under two names takes no room; another disk needs a copy.
        try files.linkItem(atPath: file, toPath: target)
      } catch {
        try WholeFile.write([UInt8](try Data(contentsOf: URL(filePath: file))), to: target)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try WholeFile.write(
      samples.map { [UInt8](try encoder.encode($0.sample)) + [0x0A] },
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
