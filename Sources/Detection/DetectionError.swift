/// Errors of detectors with causes outside the program.
public enum DetectionError: Error, Equatable, CustomStringConvertible {
  /// Real and fake samples are required, and one class is missing.
  case oneClass(purpose: String, missing: String)
  /// There are too few clips or identities of one class to split them.
  case tooFewGroups(label: String, groups: Int, folds: Int)
  /// The data exceed the limit for a support vector machine or a regression.
  case tooManyValues(rows: Int, columns: Int, most: Int)
  /// The frames of one video have different labels.
  case mixedVideo(video: String)
  /// A picture is too small for the requested feature.
  case smallPicture(width: Int, height: Int, least: Int)
  /// A library refused a call.
  case library(call: String, reason: String)
  /// A feature table cannot be read.
  case unreadableTable(path: String, reason: String)
  /// A line of a feature table is invalid.
  case brokenTable(path: String, line: Int, reason: String)
  /// A file is not a detector of dflab.
  case noDetector(path: String, reason: String)
  /// A file holds another detector than the requested one.
  case otherDetector(path: String, found: String, wanted: String)
  /// A detector's file is damaged or inconsistent.
  case unusableDetector(path: String, reason: String)
  /// A detector has a score for none of the samples.
  case notApplicable(detector: String, reason: String)
  /// The clips with enough frames for a detector lack a class.
  case shortClips(detector: String, frames: Int, purpose: String)
  /// Too few clips of a split can be scored to train a detector or to know its limits.
  case tooFewApplicable(
    detector: String, split: String, label: String, applicable: Int, of: Int, least: Int,
    reason: String?)
  /// A picture has another size than those that it is compared with.
  case otherSize(width: Int, height: Int, wanted: String)
  /// Without the identities from the detectors' training data, a dataset lacks a class.
  case onlyKnownPeople(path: String, detectors: [String])
  /// A folder does not contain MesoNet's published weights.
  case noPublishedWeights(path: String, reason: String)
  /// A file does not contain the published weights of a network.
  case noPublishedNetwork(path: String, network: String, reason: String)
  /// A model that was trained elsewhere does not say how it is to be used.
  case unknownConvention(path: String, what: String, remedy: String)
  /// A model that was trained elsewhere cannot be a detector.
  case unsuitableModel(path: String, reason: String)
  /// A detector has no gradient with respect to what it is shown.
  case noGradient(reason: String)
  /// A file is not a pretrained network of dflab.
  case noPretrainedNetwork(path: String, reason: String)

  /// One or two sentences for the user, including a remedy.
  public var description: String {
    switch self {
    case .oneClass(let purpose, let missing):
      "\(purpose) needs real and fake samples, but there are no \(missing) ones. Add some."
    case .tooFewGroups(let label, let groups, let folds):
      "The \(label) samples come from only \(groups) \(groups == 1 ? "source" : "sources"), too few for "
        + "\(folds) folds without a shared source. Add clips or identities, or use fewer --folds."
    case .tooManyValues(let rows, let columns, let most):
      "Too many values: \(rows) samples of \(columns) features; the maximum is \(most) values. Use "
        + "fewer samples."
    case .mixedVideo(let video):
      "Video '\(video)' has both real and fake frames. Assign the fake frames to another clip."
    case .smallPicture(let width, let height, let least):
      "Picture too small: \(width)×\(height) pixels; the minimum is \(least)×\(least). Use a larger "
        + "picture."
    case .noGradient(let reason): reason
    case .library(let call, let reason):
      "\(call) failed: \(reason). Check the samples for very large values."
    case .unreadableTable(let path, let reason):
      "Cannot read feature table '\(path)': \(reason). Give a CSV file whose first column is the "
        + "label, 0 for real and 1 for fake."
    case .brokenTable(let path, let line, let reason):
      "Invalid record in line \(line) of '\(path)': \(reason). Each line is the label, 0 or 1, "
        + "followed by the features, separated by commas."
    case .noDetector(let path, let reason):
      "'\(path)' is not a trained detector: \(reason). Give a file written by "
        + "'dflab detect --retrain' or 'dflab models import'."
    case .otherDetector(let path, let found, let wanted):
      "'\(path)' contains the detector '\(found)', not '\(wanted)'. Use '\(found)' or another file."
    case .unusableDetector(let path, let reason):
      "Invalid detector '\(path)': \(reason). Retrain the detector or copy the file again."
    case .notApplicable(let detector, let reason):
      "'\(detector)' is applicable to none of the samples: \(reason). Omit this detector, or use "
        + "other data."
    case .shortClips(let detector, let frames, let purpose):
      "'\(detector)' needs real and fake clips of at least \(frames) consecutive frames, and the "
        + "\(purpose) split lacks one class of them. Create a dataset of clips with "
        + "'dflab augment --clips'."
    case .tooFewApplicable(
      let detector, let split, let label, let applicable, let count, let least, let reason):
      "'\(detector)' is applicable to only \(applicable) of the \(count) \(label) \(split) samples; it "
        + "needs \(least)\(reason.map { " (\($0))" } ?? ""). Omit this detector, or use other data."
    case .otherSize(let width, let height, let wanted):
      "A picture of \(width)×\(height) pixels cannot be compared with those of \(wanted). Use pictures "
        + "as the camera wrote them, neither scaled nor turned."
    case .onlyKnownPeople(let path, let detectors):
      "'\(path)' cannot test \(detectors.map { "'\($0)'" }.joined(separator: ", ")): excluding the "
        + "identities in the training data leaves no real or no fake samples. Test on other "
        + "identities."
    case .noPublishedWeights(let path, let reason):
      "'\(path)' does not contain MesoNet's published weights: \(reason). Give the folder with "
        + "'manifest.json' and the '.f32' files."
    case .noPublishedNetwork(let path, let network, let reason):
      "'\(path)' does not contain weights of '\(network)': \(reason). Give the safetensors file of this "
        + "network, with the names of its publisher; Checkpoints/safetensors_from_pth.py makes one "
        + "of a .pth file."
    case .unknownConvention(let path, let what, let remedy):
      "'\(path)' does not say \(what). Give \(remedy)."
    case .unsuitableModel(let path, let reason):
      "'\(path)' cannot be imported as a detector: \(reason)."
    case .noPretrainedNetwork(let path, let reason):
      "'\(path)' is not a pretrained network: \(reason). Give a file written by "
        + "'dflab models import'."
    }
  }
}
