public import Generation

/// What a running swap training has to tell, as it happens.
public enum SwapEvent: Equatable, Sendable {
  /// A folder was read: how many pictures can be used, and which cannot, with the reason.
  case read(side: Side, folder: String, pictures: Int, skipped: [String], notes: [String])
  /// Training begins, or goes on from a step of an earlier session.
  case started(run: String, folder: String, iteration: Int)
  /// A step is done; `progress` is the share of the budget, 0…1, nil without one.
  case stepped(SwapStep, progress: Double?)
  /// Held-out faces were judged.
  case evaluated(iteration: Int, seconds: Double, quality: SwapQuality, isBest: Bool)
  /// All is on the disk.
  case saved(path: String)
  /// Training is over.
  case stopped(StopReason, iteration: Int)
  /// An earlier session has already trained as long as is asked.
  case alreadyDone(StopReason, iteration: Int)
  /// So many of all pictures are swapped.
  case swapped(Int, of: Int)
}
