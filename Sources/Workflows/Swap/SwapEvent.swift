public import Generation
public import Records

/// An event of a swap run.
public enum SwapEvent: RunEvent, Equatable {
  /// Progress of finding faces in photographs: the number of pictures, and of all.
  case extracting(side: Side, Int, of: Int)
  /// The faces of a folder of photographs were found.
  case extracted(side: Side, folder: String, ExtractOutcome)
  /// A folder was read: the number of usable pictures, and the skipped ones with reasons.
  case read(side: Side, folder: String, pictures: Int, skipped: [String], notes: [String])
  /// Training has started, or resumed from a step.
  case started(run: String, folder: String, iteration: Int)
  /// What the requested effort will cost: minutes of training, the side of the faces in pixels, and
  /// the number of pictures to swap.
  case planned(SwapEffort, minutes: Double, side: Int, pictures: Int)
  /// A step is done; `progress` is the share of the budget, 0…1, nil without one.
  case stepped(SwapStep, progress: Double?)
  /// Ground truth was rendered for this many held-out pictures of each side.
  case foundGroundTruth(a: Int, b: Int)
  /// The reason why there is no ground truth although the people are synthetic; a sentence.
  case lacksGroundTruth(String)
  /// A requested feature is not available; a sentence.
  case warned(String)
  /// Held-out faces were evaluated; `truth` is nil without ground truth.
  case evaluated(
    iteration: Int, seconds: Double, quality: SwapQuality, truth: GroundTruthQuality?, isBest: Bool)
  /// Training has ended.
  case stopped(StopReason, iteration: Int)
  /// An earlier session has already used up the budget.
  case alreadyDone(StopReason, iteration: Int)
  /// Progress of swapping the pictures.
  case swapped(Int, of: Int)
}
