import ArgumentParser
import Faces
import Foundation
import Records
import Workflows

/// `dflab datasets import`.
struct DatasetImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take the faces of a public data set into a labeled set.",
    discussion: """
      Reads the folder of a data set as its makers lay it out, and never writes there. Real and fake \
      go through the same extraction with the same settings. Splits that the data set's own lists \
      give hold; what they leave open is divided by people and clips, and what would leak is left out.

      The same command again goes on with what was interrupted.

      EXAMPLES
        dflab datasets import /data/FaceForensics --name ff
        dflab datasets import /data/Celeb-DF-v2 --name celeb --split 0/0/100
        dflab datasets import /data/dfdc_train_part_0 --layout dfdc --name dfdc --max 8
        dflab datasets import found --layout folders --name found --split 0/0/100

      LAYOUTS
        faceforensics  original_sequences, manipulated_sequences; train.json, val.json and test.json \
      in the folder or in splits
        celeb-df       Celeb-real, YouTube-real, Celeb-synthesis; List_of_testing_videos.txt, where \
      1 means real
        dfdc           metadata.json beside the videos, in the folder or in those inside of it
        folders        real and fake, perhaps in train, val and test; a folder inside of them is a \
      person, and so are files of one name but for their closing number
      """)

  @Argument(help: "The folder of the data set.", completion: .directory)
  var folder: String

  @Option(help: "What to call the labeled set.")
  var name: String

  @Option(help: "How the folder is laid out; by default seen by its names.")
  var layout: PublicLayout?

  @Option(help: "How much training, validation and test get, in percent.")
  var split = SplitRatios.usual.description

  @Option(parsing: .unconditional, help: "What all chance follows from.")
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: "Keep at most this many faces of a video.")
  var max = 32

  @Option(parsing: .unconditional, help: "Look at every how many frames of a video.")
  var every = 10

  @Option(help: "The workspace; by default found from here upwards.", completion: .directory)
  var workspace: String?

  @OptionGroup var telling: TellingOptions

  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    try require(max, "--max", in: 1...10_000)
    try require(every, "--every", in: 1...1_000_000)
    guard SplitRatios(split) != nil else {
      throw ValidationError(
        "--split must be three whole numbers that add up to 100, such as 70/15/15, not \(split).")
    }
  }

  func run() throws {
    computing.apply()
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    let progress = ImportProgress(isQuiet: telling.isQuiet, isJSON: telling.json)
    let outcome = try ImportRun.make(request, interruption: interruption) { progress.show($0) }
    try progress.end(outcome)
    if !outcome.isFinished, let code = interruption.exitCode { throw ExitCode(code) }
  }

  /// The same, as Lab takes it.
  var request: ImportRequest {
    var request = ImportRequest(folder: folder, name: name)
    (request.layout, request.shares) = (layout, SplitRatios(split) ?? .usual)
    (request.seed, request.most, request.every) = (seed, max, every)
    request.workspace = workspace
    return request
  }
}
