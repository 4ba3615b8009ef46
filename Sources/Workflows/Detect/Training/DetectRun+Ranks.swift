public import Detection
public import Engine
import Faces
import Records

/// The part of a network's training that other ranks than the first need.
private struct DetectTask: Codable {
  let kind: DetectorKind
  let record: DetectRecord

  /// What this rank trains with; throws on all ranks if one has not the same dataset.
  func context(on ranks: Ranks) throws -> DetectorTraining {
    let request = record.request
    let clips = try ranks.agreed {
      let path = request.data ?? ""
      let set = try LabeledDataset(reading: path)
      guard set.skipped.isEmpty,
        try FileHash.ofFile("\(path)/\(LabeledDataset.manifestName)") == record.manifest
      else { throw RankObjection(sentence: "has another dataset in '\(path)' than rank 0") }
      return try SamplePictures(DetectRun.learned(.training, of: set, request.methods), of: set)
        .labeledClips { _ in "" }
    }
    return DetectorTraining(
      training: clips, validation: clips, seed: record.seed, precision: record.precision,
      batch: request.batch, size: request.size, cropShare: request.cropShare,
      learningRate: request.learningRate, budget: DetectorBudget(iterations: 0), latest: nil,
      program: Program.name, ranks: ranks, keep: { _ in })
  }
}

extension DetectRun {
  /// Makes the training steps of a run's networks together with rank 0, which does all else.
  public static func assist(
    _ request: DetectRequest, knowing registry: DetectorRegistry = .standard, on ranks: Ranks
  ) throws {
    try ranks.assist(request, as: DetectTask.self) { task in
      let context = try task.context(on: ranks)
      do {
        try registry[task.kind]?.train(context, nil)
      } catch is DetectionError {
        // Clips are too short, for example: rank 0 has the same ones, and tells the user.
      }
    }
  }

  /// Hands a network's training out to the other ranks.
  func handOut(_ kind: DetectorKind) throws {
    guard ranks.count > 1 else { return }
    _ = ranks.broadcast(DetectTask(kind: kind, record: record))
    try ranks.agree(nil)
  }

  /// Refuses batches that are too small for the ranks.
  static func check(_ batch: Int?, of kinds: [DetectorKind], on ranks: Ranks) throws(WorkflowError)
  {
    for network in kinds.compactMap({ NetworkArchitecture(rawValue: $0.rawValue) }) {
      try WorkflowError.requireSamples(
        in: batch ?? DetectorSettings(network).batch, for: ranks)
    }
  }
}
