public import Generation
public import Records

/// What a running swap training has to tell, as it happens.
public enum SwapEvent: Equatable, Sendable {
  /// A folder was read: how many pictures can be used, and which cannot, with the reason.
  case read(side: Side, folder: String, pictures: Int, skipped: [String], notes: [String])
  /// Training begins, or goes on from a step of an earlier session.
  case started(run: String, folder: String, iteration: Int)
  /// A step is done; `progress` is the share of the budget, 0…1, nil without one.
  case stepped(SwapStep, progress: Double?)
  /// For so many held-out pictures of the two people the true swap is known.
  case foundTruth(a: Int, b: Int)
  /// What is not measured although the people are synthetic, and why; a sentence.
  case lacksTruth(String)
  /// Something that was asked for is not done, and why; a sentence.
  case warned(String)
  /// Held-out faces were judged; `truth` is nil where the true swap is not known.
  case evaluated(
    iteration: Int, seconds: Double, quality: SwapQuality, truth: GroundTruthQuality?, isBest: Bool)
  /// Training is over.
  case stopped(StopReason, iteration: Int)
  /// An earlier session has already trained as long as is asked.
  case alreadyDone(StopReason, iteration: Int)
  /// So many of all pictures are swapped.
  case swapped(Int, of: Int)
}
