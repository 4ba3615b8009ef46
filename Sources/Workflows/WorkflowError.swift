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
  /// The requested mask is not an output of the model.
  case noMask(model: String)
  /// A model would overwrite a run's own.
  case modelInTraining(name: String)
  /// There is no synthesis recipe of this name.
  case unknownRecipe(name: String, known: [String])
  /// A synthesis recipe is invalid.
  case badRecipe(path: String, reason: String)
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
  /// The face to swap was not found in the input.
  case noFace(path: String)
  /// The result would overwrite the input.
  case sameFile(path: String)
  /// A folder of the same name was not made by dflab.
  case foreignFolder(path: String)
  /// An augmentation recipe is invalid.
  case badAugmentRecipe(path: String, reason: String)
  /// The folder for a labeled dataset holds something else.
  case setInTheWay(path: String, reason: String)
  /// The folder for an imported dataset holds something else.
  case importInTheWay(path: String, reason: String)
  /// No face was found in any file of an imported dataset.
  case nothingImported(path: String, files: Int)
  /// There are no faces to forge.
  case noFaceSet(path: String)
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
  /// Without the identities from the detectors' training data, a dataset lacks a class.
  case onlyKnownPeople(path: String, detectors: [String])
  /// A labeled dataset does not contain the forgery method.
  case unknownForgery(name: String, known: [String])
  /// There is no trained detector in the workspace, or only steps of a duel; then with an example.
  case noDetectors(ofDuel: String?)
  /// There is no trained detector of this name.
  case noDetector(name: String, nearest: String?, isKnown: Bool)
  /// Training cannot start from this detector.
  case badStart(name: String, reason: String)
  /// A detector has no gradient to train a generator with.
  case noAdversary(name: String)
  /// A duel recipe is invalid.
  case badDuelRecipe(path: String, reason: String)
  /// There are too few people for a duel.
  case tooFewPeople(found: Int, needed: Int)
  /// The given pairs are not valid for a duel.
  case badPairs(reason: String)
  /// An external dataset shows an identity from the training data of a duel's detectors.
  case knownExternal(path: String, person: String)
  /// The minutes are too few for a duel.
  case tooFewMinutes(asked: Double, needed: Double)

  /// What, why, and what next, in one sentence for the user or two.
  public var description: String {
    switch self {
    case .changedSample(let path):
      "'\(path)' is not the picture that its manifest knows: it has changed since. Make the set anew."
    case .missingSamples(let path, let first, let count):
      count == 1
        ? "The picture '\(first)' of '\(path)' is not there. Put it back, or make the set anew."
        : "\(count) pictures of '\(path)' are not there, such as '\(first)'. Put them back, or make the "
          + "set anew."
    case .oneClassSplit(let path, let split):
      "The \(split) split of '\(path)' does not hold real and fake pictures both. Make a set with "
        + "more people, or with other shares: dflab augment --split."
    case .onlyKnownPeople(let path, let detectors):
      "'\(path)' cannot test \(detectors.quotedNames): without the people of whom "
        + "\(detectors.count == 1 ? "it has" : "these have") learned, it does not hold real and fake "
        + "pictures both. Test on other people."
    case .unknownForgery(let name, let known):
      "The set has no forgery '\(name)'. It has \(known.joined(separator: ", "))."
    case .noDetectors(let step):
      step.map {
        "All detectors in Checkpoints are steps of a duel. Name one, such as --with \($0), or train "
          + "another: dflab detect --retrain."
      } ?? "There is no trained detector in Checkpoints. Train one: dflab detect --retrain."
    case .noDetector(let name, let nearest, let isKnown):
      isKnown
        ? "No detector '\(name)' is trained here. Train one: dflab detect --retrain --with \(name)."
        : "There is no trained detector '\(name)'."
          + (nearest.map { " Did you mean '\($0)'?" } ?? " Train one: dflab detect --retrain.")
    case .badStart(let name, let reason):
      "No training can begin with '\(name)': \(reason). Name another, or take --start none."
    case .noAdversary(let name):
      "The detector '\(name)' cannot be an adversary: it is no network, so it has no gradient. "
        + "Name another one: dflab detect --retrain --with meso4."
    case .badDuelRecipe(let path, let reason):
      "The recipe \(path.isEmpty ? "" : "'\(path)' ")cannot be used: \(reason). "
        + "Mend it; Labs/README.md says what it may hold."
    case .tooFewPeople(let found, let needed):
      "A duel needs \(needed) people, and \(found) are there. Ask for fewer pairs in the recipe, or make "
        + "people who do not exist: dflab faces synthesize --people \(needed) --count 60."
    case .badPairs(let reason):
      "The people named with --a and --b make no duel: \(reason). "
        + "Name as many folders with --a as with --b, one for each pair of the recipe."
    case .knownExternal(let path, let person):
      "The set '\(path)' shows '\(person)', of whom this duel's detectors learn, so that figures on it would "
        + "flatter them. Name a set of other people with --external."
    case .tooFewMinutes(let asked, let needed):
      "\(asked) minutes are not enough for this duel: its smallest budget of steps takes about "
        + "\(needed). Ask for more --minutes, or for fewer --rounds, --seeds or pairs."
    case .differentFaces(let run, let side, let reason):
      "The run '\(run)' was started with other pictures of \(side): \(reason). "
        + "Start another run with --name NEW."
    case .finishedModel(let name):
      "'\(name)' is a finished model, which cannot be trained on. "
        + "Use it with --pretrained \(name), or start a run with --name NEW."
    case .noMask(let model):
      "The model '\(model)' makes no mask beside the face. Choose --mask hull or ellipse, or train one "
        + "with 'dflab swap --mask learned --name NEW'."
    case .noTruth(let run):
      "The run '\(run)' is to be judged by the true swap, which only two synthetic people have. "
        + "Make some with 'dflab faces synthesize', or leave --select-by away."
    case .notRendered(let name):
      "The people of the model '\(name)' are not in Datasets/\(name) yet. "
        + "Render them with 'dflab faces synthesize --recipe \(name)', or name other folders with "
        + "--a and --b."
    case .modelInTraining(let name):
      "'Checkpoints/\(name)' holds a training, which an exported model would damage. "
        + "Choose another name with --as."
    case .unknownRecipe(let name, let known):
      "There is no recipe '\(name)'. Known are: \(known.joined(separator: ", ")); "
        + "a file of your own is named by its path, such as ./\(name).json."
    case .badRecipe(let path, let reason):
      "The recipe '\(path)' cannot be used: \(reason). Mend it; Datasets/README.md says what it may hold."
    case .tooManyPictures(let count, let most, let need):
      "\(count) pictures would take \(need). At most \(most) are made at once: "
        + "ask for fewer with --people and --count."
    case .noRoom(let path, let need, let free):
      "There is no room for the pictures in '\(path)': they would take \(need), and \(free) are "
        + "free. Make room, ask for fewer with --count, or work on another disk with --out or --workspace."
    case .folderInTheWay(let path, let reason):
      "'\(path)' is there already: \(reason). "
        + "Name another folder with --out, or replace what is in it with --force."
    case .otherThings(let path, let name):
      "'\(path)' holds other things, such as '\(name)', and is left as it is. "
        + "Name a new folder with --out."
    case .nothingToExtract(let path):
      "The folder '\(path)' holds neither pictures (.jpg, .png) nor videos (.mp4, .mov, .mkv…). "
        + "Name another folder, or the files themselves; folders inside it are not looked into."
    case .untrackablePicture(let path):
      "'\(path)' is a picture: people are told apart by following them through a video. "
        + "Leave --track away, or name videos alone."
    case .noFaces(let inputs, let frames, 0):
      "No face was found in \(frames == 1 ? "the frame" : "\(frames) frames or pictures") of "
        + "\(inputs.quotedNames). Nothing was written; faces narrower than 80 pixels are "
        + "searched for with --min-size 40."
    case .noFaces(let inputs, _, let found):
      "None of the \(found) faces in \(inputs.quotedNames) is good enough. Nothing was written; "
        + "ask for less with the --min options."
    case .noFace(let path):
      "No such face was found in '\(path)', so nothing was written. "
        + "Choose another input, or other faces with --face or --like."
    case .sameFile(let path):
      "'\(path)' is the input itself. Name another output."
    case .foreignFolder(let path):
      "'\(path)' is in the way: pieces of the video would go there, and it holds something else. "
        + "Move it away, or name another output."
    case .badAugmentRecipe(let path, let reason):
      "The recipe '\(path)' cannot be used: \(reason). "
        + "Mend it; Datasets/README.md says what it may hold."
    case .setInTheWay(let path, let reason):
      "'\(path)' is there already: \(reason). "
        + "Name another set with --name, or replace this one with --force."
    case .importInTheWay(let path, let reason):
      "'\(path)' is there already: \(reason). Name another set with --name, or move this one away."
    case .nothingImported(let path, let files):
      "No face was found in \(files == 1 ? "the one file" : "the \(files) files") of '\(path)', so the "
        + "set is empty. Name a folder whose pictures show faces of 80 pixels or more."
    case .noFaceSet(let path):
      "'\(path)' holds no face set. Make one with 'dflab extract', or people who do not exist with "
        + "'dflab faces synthesize', or name other folders with --from."
    case .nothingToForge(let split, let reasons):
      "Nothing can be forged for the split '\(split)'. \(reasons.joined(separator: " "))"
    case .missingStep(let duel, let step, let path):
      "The duel '\(duel)' cannot go on: '\(path)', which its step '\(step)' has made, is not there. "
        + "Put it back, or play another duel with --name NEW."
    }
  }
}
