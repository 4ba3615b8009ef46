import Faces
public import Generation
import Records

/// What can go wrong in a workflow for reasons outside the program.
public enum WorkflowError: Error, Equatable, CustomStringConvertible {
  /// The pictures of one side are not those that the run was started with.
  case differentFaces(run: String, side: String, reason: String)
  /// The checkpoint of this name is a finished model, not a run's.
  case finishedModel(name: String)
  /// The people of a finished model have not been rendered.
  case notRendered(name: String)
  /// Ground truth is required for model selection, but is unknown.
  case noTruth(run: String)
  /// A batch has fewer samples than there are ranks.
  case tooManyRanks(batch: Int, ranks: Int)
  /// Several ranks cannot train against an adversary.
  case adversaryOnRanks
  /// The requested mask is not an output of the model.
  case noMask(model: String)
  /// A model would overwrite a run's own.
  case modelInTraining(name: String)
  /// A model would take the place of another one.
  case modelInTheWay(name: String)
  /// A model that was imported cannot be exported.
  case importedModel(name: String, file: String)
  /// Only imported detectors are calibrated by themselves.
  case calibratedInTraining(name: String)
  /// A model cannot be written in ONNX's format.
  case notExportable(name: String, reason: String)
  /// There is no synthesis recipe of this name.
  case unknownRecipe(name: String, known: [String])
  /// More pictures are requested than the limit.
  case tooManyPictures(count: Int, most: Int, need: String)
  /// There is not enough disk space for the pictures.
  case noRoom(path: String, need: String, free: String)
  /// The folder for synthetic people holds something else.
  case folderInTheWay(path: String, reason: String)
  /// The folder for a face set holds files that are not from an extraction.
  case otherThings(path: String, name: String)
  /// A folder contains neither pictures nor videos.
  case nothingToExtract(path: String)
  /// Tracking is requested for a picture.
  case untrackablePicture(path: String)
  /// No face was found, or none passed the limits.
  case noFaces(inputs: [String], frames: Int, found: Int)
  /// Photographs of one person have too few usable faces.
  case fewFaces(path: String, pictures: Int, kept: Int, omitted: String)
  /// Both folders of a swap hold the same pictures.
  case samePictures(a: String, b: String)
  /// The face to swap was not found in the input.
  case noFace(path: String)
  /// All faces to swap had to be left as they were.
  case nothingSwapped(path: String, left: [SwapObstacle: Int])
  /// A clip would drive itself.
  case sameClip(path: String)
  /// A reenactment was given something else than a video.
  case noVideo(path: String)
  /// All faces of a reenactment had to be left as they were.
  case nothingReenacted(path: String, left: [SwapObstacle: Int])
  /// The result would overwrite the input.
  case sameFile(path: String)
  /// A folder of the same name was not made by dflab.
  case foreignFolder(path: String)
  /// The folder for a labeled dataset holds something else.
  case setInTheWay(path: String, reason: String)
  /// The folder for an imported dataset holds something else.
  case importInTheWay(path: String, reason: String)
  /// Shards do not make a whole; the reason is a clause with the way out.
  case notMergeable(reason: String)
  /// The folder for merged shards holds something else.
  case mergeInTheWay(path: String, name: String)
  /// No face was found in any file of an imported dataset.
  case nothingImported(path: String, files: Int)
  /// The files of one class of an imported dataset have no face.
  case oneClassImported(path: String, missing: String, files: Int, list: String)
  /// A folder has no pictures of known cameras that can be compared.
  case noReferences(path: String, reason: String)
  /// There are no faces to forge.
  case noFaceSet(path: String)
  /// No face set holds enough consecutive frames for a clip.
  case noClips(path: String, sets: Int, frames: Int)
  /// A frame of a clip cannot be used.
  case unusableFrame(path: String, reason: String)
  /// There are too few faces to train on.
  case tooFewFaces(found: Int, needed: Int)
  /// Not enough rendered people whose eyes are known, in training or held out.
  case noKnownEyes
  /// No method can be applied to any face of a split.
  case nothingToForge(split: String, reasons: [String])
  /// The output of a duel's step is missing.
  case missingStep(duel: String, step: String, path: String)
  /// A picture of a labeled dataset has changed.
  case changedSample(path: String)
  /// Pictures of a labeled dataset are missing.
  case missingSamples(path: String, first: String, count: Int)
  /// A split of a labeled dataset lacks a class.
  case oneClassSplit(path: String, split: String)
  /// A labeled dataset does not contain the forgery method.
  case unknownForgery(name: String, known: [String])
  /// There is no trained detector in the workspace, or only steps of a duel; then with an example.
  case noDetectors(ofDuel: String?)
  /// A run cannot be audited.
  case notAudited(name: String, command: String)
  /// There is no trained detector of this group.
  case noDetectorsOfGroup(name: String, kinds: [String])
  /// There is no trained detector of this name.
  case noDetector(name: String, nearest: String?, isKnown: Bool)
  /// These detectors need clips, and are given single pictures.
  case clipsOnly([String])
  /// A picture is larger than a camera's.
  case largePicture(width: Int, height: Int)
  /// Training cannot start from this detector.
  case badStart(name: String, reason: String)
  /// A network's training has to begin with weights, and there are none.
  case needsWeights(network: String)
  /// A network does not take pictures of this size.
  case badSize(size: Int, network: String, sides: ClosedRange<Int>)
  /// A detector has no gradient to train a generator with.
  case noAdversary(name: String, reason: String)
  /// There are too few people for a duel.
  case tooFewPeople(found: Int, needed: Int)
  /// The given pairs are not valid for a duel.
  case badPairs(reason: String)
  /// An external dataset shows an identity from the training data of a duel's detectors.
  case knownExternal(path: String, person: String)
  /// The minutes are too few for a duel.
  case tooFewMinutes(asked: Double, needed: Double)
  /// All trials of a search's phase failed.
  case failedTrials(phase: String, count: Int, reason: String)

  /// The error of a conversion that swapped nothing.
  static func unswapped(_ path: String, _ outcome: ConversionOutcome) -> WorkflowError {
    outcome.facesLeft.isEmpty
      ? .noFace(path: path) : .nothingSwapped(path: path, left: outcome.facesLeft)
  }

  /// What, why, and what next, in one sentence for the user or two.
  public var description: String {
    switch self {
    case .failedTrials(let phase, let count, let reason):
      "All \(count) trials of phase '\(phase)' failed, the last one: \(reason.trimmedPeriod). Search in other "
        + "ranges, such as smaller learning rates."
    case .changedSample(let path):
      "'\(path)' does not match the manifest: it was modified. Recreate the dataset."
    case .missingSamples(let path, let first, let count):
      count == 1
        ? "Missing sample '\(first)' in '\(path)'. Restore it, or recreate the dataset."
        : "\(count) missing samples in '\(path)', such as '\(first)'. Restore them, or recreate the "
          + "dataset."
    case .oneClassSplit(let path, let split):
      "The \(split) split of '\(path)' does not have both real and fake samples. Create a dataset "
        + "with more identities or another --split."
    case .unknownForgery(let name, let known):
      "The dataset has no forgery method '\(name)'. It has \(known.joined(separator: ", "))."
    case .noDetectors(let step):
      step.map {
        "All detectors in Checkpoints belong to a duel. Give one, such as --detectors \($0), or train "
          + "another with 'dflab detect --retrain'."
      } ?? "No trained detectors in Checkpoints. Train one with 'dflab detect --retrain'."
    case .notAudited(let name, let command):
      "Cannot audit '\(name)', a run of 'dflab \(command)': only labeled datasets and finished detector "
        + "trainings can be audited."
    case .noDetectorsOfGroup(let name, let kinds):
      "No detector of the group '\(name)' has been trained in this workspace. Train one with 'dflab detect "
        + "--retrain --detectors \(kinds.joined(separator: ","))'."
    case .clipsOnly(let names):
      "\(names.quotedNames) \(names.count == 1 ? "scores" : "score") clips, not single pictures. "
        + "Train another detector with 'dflab detect --retrain'."
    case .largePicture(let width, let height):
      "A picture of \(width)×\(height) pixels is too large for live scoring; reduce it."
    case .noDetector(let name, let nearest, let isKnown):
      isKnown
        ? "No trained '\(name)' detector. Train one with 'dflab detect --retrain --detectors \(name)'."
        : "No such detector: '\(name)'."
          + (nearest.map { " Did you mean '\($0)'?" } ?? " Train one with 'dflab detect --retrain'.")
    case .badStart(let name, let reason):
      "Cannot initialize from '\(name)': \(reason). Use another detector, or --init none."
    case .needsWeights(let network):
      "'\(network)' cannot be trained from random weights. Import published ones with 'dflab models "
        + "import FILE --as \(network)', and give --init pretrained-\(network)."
    case .badSize(let size, let network, let sides):
      "'\(network)' takes pictures of \(sides.lowerBound) to \(sides.upperBound) pixels, not \(size). "
        + "Use another --size."
    case .noAdversary(let name, let reason):
      "Detector '\(name)' cannot be an adversary: it has no gradient. \(reason) "
        + "Train one with 'dflab detect --retrain --detectors meso4'."
    case .tooFewPeople(let found, let needed):
      "A duel needs \(needed) identities, but only \(found) are available. Use fewer pairs in the "
        + "recipe, or render more with 'dflab faces synthesize --people \(needed) --count 60'."
    case .badPairs(let reason):
      "Invalid pairs: \(reason). Give as many face sets with --a as with --b, one for each pair of "
        + "the recipe."
    case .knownExternal(let path, let person):
      "Dataset '\(path)' contains '\(person)', an identity in the training data of this duel's "
        + "detectors. Use an --external dataset of other identities."
    case .tooFewMinutes(let asked, let needed):
      "\(asked) minutes are too few for this duel, which takes at least about \(needed). Increase "
        + "--minutes, or reduce --rounds, --repetitions or the pairs of the recipe."
    case .differentFaces(let run, let side, let reason):
      "Run '\(run)' was started with other pictures of \(side): \(reason). "
        + "Start a new run with --name NEW."
    case .finishedModel(let name):
      "'\(name)' is an exported model, which cannot be resumed. "
        + "Use --pretrained \(name), or start a new run with --name NEW."
    case .noMask(let model):
      "Model '\(model)' has no learned mask. Use --mask hull or ellipse, or train a model with "
        + "'dflab swap --mask learned --name NEW'."
    case .noTruth(let run):
      "Run '\(run)' uses --select-by ground-truth, but only synthetic identities have a ground truth. "
        + "Render some with 'dflab faces synthesize', or omit --select-by."
    case .tooManyRanks(let batch, let ranks):
      "A batch of \(batch) cannot be shared by \(ranks) ranks. Start fewer, or train with larger batches."
    case .adversaryOnRanks:
      "Training against a detector (--adversary) runs in one process. Start the command without mpirun."
    case .notRendered(let name):
      "The identities of model '\(name)' are not in Datasets/\(name). "
        + "Render them with 'dflab faces synthesize --recipe \(name)', or give other face sets with "
        + "--a and --b."
    case .modelInTraining(let name):
      "'Checkpoints/\(name)' belongs to a training run. Choose another --name."
    case .modelInTheWay(let name):
      "'Checkpoints/\(name)' holds another model. Choose another --name."
    case .importedModel(let name, let file):
      "'\(name)' was imported from an ONNX file. Use that file, or its copy '\(file)'."
    case .calibratedInTraining(let name):
      "'\(name)' was calibrated when it was trained; --calibrate is for imported detectors. Retrain it on "
        + "the dataset instead."
    case .notExportable(let name, let reason):
      "'\(name)' cannot be exported to ONNX: \(reason). Export a swap model, or a detector that is a "
        + "network, such as efficientnet-b0."
    case .unknownRecipe(let name, let known):
      "No such recipe: '\(name)'. Known recipes: \(known.joined(separator: ", ")). "
        + "For a file, give its path, such as ./\(name).json."
    case .tooManyPictures(let count, let most, let need):
      "Too many pictures: \(count), which need \(need); the maximum is \(most). "
        + "Reduce --people or --count."
    case .noRoom(let path, let need, let free):
      "Not enough disk space in '\(path)': \(need) required, \(free) free. Free space, reduce "
        + "--count, or use another disk with --out or --workspace."
    case .folderInTheWay(let path, let reason):
      "'\(path)' already exists: \(reason). Use another --out, or replace its contents with --force."
    case .otherThings(let path, let name):
      "'\(path)' contains other files, such as '\(name)'. Use a new folder for --out."
    case .nothingToExtract(let path):
      "No pictures or videos in folder '\(path)'. Subfolders are not searched; give another folder, "
        + "or files."
    case .untrackablePicture(let path):
      "'\(path)' is a picture, but --track needs videos. Omit --track, or give only videos."
    case .noFaces(let inputs, let frames, 0):
      "No face found in \(frames == 1 ? "1 frame" : "\(frames) frames") of "
        + "\(inputs.quotedNames). Nothing was written. For faces narrower than 80 pixels, use "
        + "--min-size 40."
    case .noFaces(let inputs, _, let found):
      "All \(found) faces in \(inputs.quotedNames) were rejected. Nothing was written. Relax the "
        + "--min and --max options."
    case .noFace(let path):
      "No matching face found in '\(path)'. Nothing was written. "
        + "Use another input, or other faces with --face or --reference."
    case .fewFaces(let path, let pictures, let kept, let omitted):
      "\(kept == 0 ? "No usable face" : "Only \(kept) usable \(kept == 1 ? "face" : "faces")") in the "
        + "\(pictures == 1 ? "only readable picture" : "\(pictures) readable pictures") of '\(path)'"
        + "\(omitted.isEmpty ? "" : " (left out: \(omitted))"), but at least \(FaceFolder.fewest) are "
        + "required. Faces are found from the front to half profile, from \(Int(SwapSource.smallest)) "
        + "pixels on; for aligned face crops use --aligned."
    case .samePictures(let a, let b):
      "'\(a)' and '\(b)' hold the same pictures. A swap needs two identities: give two different "
        + "folders."
    case .nothingSwapped(let path, let left):
      "No face in '\(path)' can be swapped: \(SwapObstacle.text(left)). Nothing was written. Use "
        + "another input, or train on pictures that show such faces."
    case .sameClip(let path):
      "'\(path)' is both driver and target. Give two different videos."
    case .noVideo(let path):
      "'\(path)' is not a video. Reenactment takes two videos; swap faces in pictures with 'dflab "
        + "convert'."
    case .nothingReenacted(let path, let left):
      "No face in '\(path)' can be reenacted: \(SwapObstacle.text(left)). Nothing was written. Use "
        + "another driver or target."
    case .sameFile(let path):
      "'\(path)' is the input. Use another --out."
    case .foreignFolder(let path):
      "'\(path)', the folder for video segments, contains other files. Move it away, or use another "
        + "--out."
    case .setInTheWay(let path, let reason):
      "'\(path)' already exists: \(reason). Use another --name, or replace it with --force."
    case .importInTheWay(let path, let reason):
      "'\(path)' already exists: \(reason). Use another --name, or move it away."
    case .notMergeable(let reason):
      "The shards cannot be merged: \(reason)."
    case .mergeInTheWay(let path, let name):
      "'\(path)' already contains files, such as '\(name)'. Use another --out."
    case .nothingImported(let path, let files):
      "No face found in \(files == 1 ? "the only file" : "any of the \(files) files") of '\(path)'. "
        + "Faces must be at least 80 pixels wide."
    case .oneClassImported(let path, let missing, let files, let list):
      "No face found in \(files == 1 ? "the only" : "any of the \(files)") \(missing) "
        + "\(files == 1 ? "file" : "files") of '\(path)', and a dataset needs both classes. See "
        + "'\(list)' for the reasons; faces must be at least 80 pixels wide."
    case .noReferences(let path, let reason):
      "No reference pictures of cameras in '\(path)': \(reason). Give --references a folder with one folder "
        + "for each camera, with its unscaled pictures of one size."
    case .noFaceSet(let path):
      "No face sets in '\(path)'. Create one with 'dflab extract' or 'dflab faces synthesize', or "
        + "give other folders with --faces."
    case .noClips(let path, let sets, let frames):
      "No identity has \(frames) consecutive frames in "
        + (sets == 1 ? "'\(path)'" : "any of the \(sets) face sets")
        + ". Extract every frame of a video with 'dflab extract', or give fewer --frames."
    case .unusableFrame(let path, let reason):
      "The frame '\(path)' \(reason). Extract its video again with 'dflab extract --force'."
    case .tooFewFaces(let found, let needed):
      "Training needs \(needed) faces, one of them held out, but there \(found == 1 ? "is" : "are") only "
        + "\(found). Give more face sets with --faces."
    case .noKnownEyes:
      "Training needs rendered identities with open and with closing eyes, at least two of them, but the "
        + "face sets have none. Create them with 'dflab faces synthesize --people 60 --sequence --blinks 60'."
    case .nothingToForge(let split, let reasons):
      "No forgery method applies to the \(split) split. \(reasons.joined(separator: " "))"
    case .missingStep(let duel, let step, let path):
      "Cannot resume duel '\(duel)': '\(path)' of step '\(step)' is missing. "
        + "Restore it, or start a new duel with --name NEW."
    }
  }
}

extension String {
  /// The text without a period at its end, for the middle of a sentence.
  fileprivate var trimmedPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
