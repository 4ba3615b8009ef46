import ArgumentParser
import Faces
import Foundation
import Records
import Workflows

/// `dflab datasets import`.
struct DatasetImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import a public deepfake dataset as a labeled dataset.",
    discussion: """
      Extracts the faces of real and fake files with the same settings. Never writes to the \
      source folder. Keeps the dataset's own splits; files without one are assigned by identity and \
      clip, and files that would leak between splits are skipped.

      Rerun the command to resume.

      EXAMPLES
        dflab datasets import /data/FaceForensics --name ff
        dflab datasets import /data/Celeb-DF-v2 --name celeb --split 0/0/100
        dflab datasets import /data/dfdc_train_part_0 --layout dfdc --name dfdc --max-faces 8
        dflab datasets import collected --layout folders --name collected --split 0/0/100

      LAYOUTS
        faceforensics  original_sequences and manipulated_sequences; train.json, val.json and \
      test.json in the folder or in splits/
        celeb-df       Celeb-real, YouTube-real and Celeb-synthesis; List_of_testing_videos.txt, \
      where 1 means real
        dfdc           metadata.json next to the videos, in the folder or its subfolders
        folders        real and fake, optionally within train, val and test; files in one \
      subfolder, or with the same name up to a trailing number, are one identity

      EXIT CODES
        0    success
        1    error; finished files are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @Argument(help: "Folder of the public dataset", completion: .directory)
  var folder: String

  @Option(help: "Name of the labeled dataset")
  var name: String

  @Option(help: "Layout of the folder (default: detected)")
  var layout: PublicLayout?

  @Option(help: "Percentages of training, validation and test")
  var split = SplitRatios.usual.description

  @Option(parsing: .unconditional, help: "Random seed")
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: "Maximum number of faces per video")
  var maxFaces = 32

  @Option(parsing: .unconditional, help: "Process every Nth frame of a video")
  var every = 10

  @OptionGroup var workspaceOptions: WorkspaceOptions

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(maxFaces, "--max-faces", in: 1...10_000)
    try require(every, "--every", in: 1...1_000_000)
    guard SplitRatios(split) != nil else {
      throw ValidationError(
        "--split must be three integers that sum to 100, such as 70/15/15, not '\(split)'.")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = ImportProgress(isQuiet: outputOptions.isQuiet, isJSON: outputOptions.isJSON)
    let outcome = try ImportRun.make(request, interruption: interruption) {
      outputOptions.report($0, as: progress.show)
    }
    try progress.end(outcome)
    if !outcome.isFinished, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The options as a request.
  var request: ImportRequest {
    var request = ImportRequest(folder: folder, name: name)
    (request.layout, request.shares) = (layout, SplitRatios(split) ?? .usual)
    (request.seed, request.maxFaces, request.every) = (seed, maxFaces, every)
    request.workspace = workspaceOptions.workspace
    return request
  }
}
