import ArgumentParser
import Faces
import Records
import Workflows

/// `dflab extract`.
struct Extract: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Extract aligned faces from pictures and videos into a face set.",
    discussion: """
      Detects every face, locates its 68 landmarks, and writes it as an aligned 256×256 crop with \
      a record in faces.jsonl: source, box, landmarks, alignment matrix and its inverse, \
      sharpness, brightness, pose, identity. In videos, faces are detected in some frames and \
      tracked through the others.

      Rerun the command to resume. The result does not depend on interruptions.

      With --shard 2/8, only the second eighth of the inputs is processed, into the shard OUT-2-of-8; \
      dflab datasets merge joins the shards. A video is not divided.

      EXAMPLES
        dflab extract alice.mp4 --out Datasets/alice
        dflab extract bob.mov --every 2 --min-sharpness 20 --out Datasets/bob
        dflab extract interview.mkv --track --smooth --start 60 --end 180 --out Datasets/interview
        dflab extract holiday/ portrait.jpg --min-size 40 --out Datasets/stills

      OUTPUT
        OUT/000001.jpg ...   crops, in the order of inputs and time
        OUT/faces.jsonl      one record per crop
        OUT/masks            with --masks: 8-bit face masks
        OUT/1, OUT/2 ...     with --track: a face set for each identity, largest first
        OUT/extract.json     settings and rejected faces
        OUT/report.html      report with sample crops; report.md has the same content

      EXIT CODES
        0    success
        1    error, or no face found; written crops are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<ExtractRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = ExtractRequest
  typealias Progress = ExtractProgress

  static let work: Work = { try ExtractRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: ExtractOutcome) -> Bool { outcome.isFinished }
}
