public import Engine
import Faces
import Generation
import Records

/// The part of a training that other ranks than the first need.
struct SwapTask: Codable {
  let settings: SwapSettings
  /// The folders of aligned faces.
  let a, b: FaceRecord

  /// The training of this rank; throws on all ranks if one has not the same faces.
  func trainer(on ranks: Ranks) throws -> SwapTrainer {
    let sides = try ranks.agreed { [try faces(a), try faces(b)] }
    return SwapTrainer(settings, a: sides[0], b: sides[1], ranks: ranks)
  }

  private func faces(_ record: FaceRecord) throws -> SwapFaces {
    let folder = try FaceFolder(at: record.folder, holdout: settings.holdout)
    guard FaceHash.of(folder.pictures) == record.hash else {
      throw RankObjection(sentence: "has other pictures in '\(record.folder)' than rank 0")
    }
    return SwapFaces(folder)
  }
}

extension SwapRun {
  /// Makes the training steps of a run together with rank 0, which does all else.
  public static func assist(_ request: SwapRequest, on ranks: Ranks) throws {
    try ranks.assist(request, as: SwapTask.self) { task in
      var trainer = try task.trainer(on: ranks)
      trainer.follow()
    }
  }

  /// Hands the training out to the other ranks.
  func handOut() throws {
    guard trainer.ranks.count > 1 else { return }
    _ = trainer.ranks.broadcast(SwapTask(settings: record.settings, a: record.a, b: record.b))
    try trainer.ranks.agree(nil)
  }

  /// Refuses what several ranks cannot train.
  static func check(_ settings: SwapSettings, on ranks: Ranks) throws(WorkflowError) {
    guard ranks.count > 1 else { return }
    if settings.adversary != nil { throw .adversaryOnRanks }
    try WorkflowError.requireSamples(in: settings.batch, for: ranks)
  }
}

extension WorkflowError {
  /// Throws unless each rank gets a sample of a batch.
  static func requireSamples(in batch: Int, for ranks: Ranks) throws(WorkflowError) {
    guard batch >= ranks.count else { throw .tooManyRanks(batch: batch, ranks: ranks.count) }
  }
}
