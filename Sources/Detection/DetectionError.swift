/// What can go wrong with detectors for reasons outside the program.
public enum DetectionError: Error, Equatable, CustomStringConvertible {
  /// Something needs real and fake samples, and one kind is missing.
  case oneClass(purpose: String, missing: String)
  /// Too few clips or people hold samples of one kind to divide them.
  case tooFewGroups(label: String, groups: Int, folds: Int)
  /// More numbers than a support vector machine or a regression is trained on.
  case tooManyValues(rows: Int, columns: Int, most: Int)
  /// The frames of one video are labeled real and fake.
  case mixedVideo(video: String)
  /// A picture is too small for the feature that is asked for.
  case smallPicture(width: Int, height: Int, least: Int)
  /// A library refused a call.
  case library(call: String, reason: String)
  /// A table of features cannot be read.
  case unreadableTable(path: String, reason: String)
  /// A line of a table of features cannot be used.
  case brokenTable(path: String, line: Int, reason: String)
  /// A file holds no detector that this program has written.
  case noDetector(path: String, reason: String)
  /// A file holds another detector than the one that is asked for.
  case otherDetector(path: String, found: String, wanted: String)
  /// A detector's file is damaged, or does not fit what it says of itself.
  case unusableDetector(path: String, reason: String)
  /// A folder does not hold the published weights of MesoNet.
  case noPublishedWeights(path: String, reason: String)

  /// One sentence or two for the user, with the way out.
  public var description: String {
    switch self {
    case .oneClass(let purpose, let missing):
      "\(purpose) needs real and fake samples, and there is no \(missing) one. Add some."
    case .tooFewGroups(let label, let groups, let folds):
      "The \(label) samples come from \(groups) \(groups == 1 ? "source" : "sources"), too few to be "
        + "divided into \(folds) folds that share none. Add clips or people, or ask for fewer folds."
    case .tooManyValues(let rows, let columns, let most):
      "\(rows) samples of \(columns) features are too many: at most \(most) numbers are learned "
        + "from at once. Use fewer samples."
    case .mixedVideo(let video):
      "The frames of '\(video)' are labeled real and fake, so the video has no label. "
        + "Give the forged frames another clip."
    case .smallPicture(let width, let height, let least):
      "A picture of \(width)×\(height) pixels is too small to be judged: both sides need at least "
        + "\(least). Use a larger picture."
    case .library(let call, let reason):
      "\(call) failed: \(reason). Check the samples for values that are far too large."
    case .unreadableTable(let path, let reason):
      "'\(path)' cannot be read as a table of features: \(reason). Name a CSV file whose first "
        + "column is the class, 0 for real and 1 for fake."
    case .brokenTable(let path, let line, let reason):
      "Line \(line) of '\(path)' cannot be used: \(reason). Each line holds the class, 0 or 1, and "
        + "then the features, with commas between."
    case .noDetector(let path, let reason):
      "'\(path)' is no trained detector: \(reason). Name a file that 'dflab detect --retrain' or "
        + "'dflab models import' has written."
    case .otherDetector(let path, let found, let wanted):
      "'\(path)' holds the detector '\(found)', not '\(wanted)'. Ask for '\(found)', or name "
        + "another file."
    case .unusableDetector(let path, let reason):
      "'\(path)' cannot be used as a detector: \(reason). Train it again, or take it from where it "
        + "came from."
    case .noPublishedWeights(let path, let reason):
      "'\(path)' does not hold MesoNet's published weights: \(reason). Name the folder with "
        + "'manifest.json' and the '.f32' files beside it."
    }
  }
}
