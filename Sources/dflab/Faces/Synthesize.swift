import ArgumentParser
import Records
import Workflows

/// `dflab faces synthesize`.
struct Synthesize: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Render synthetic identities with ground truth.",
    discussion: """
      Renders a face set for each identity: OUT/p001, OUT/p002 and so on, each of which \
      'dflab swap' can read. The same options and seed give the same pictures; a larger --people \
      or --count adds pictures without changing the others. By default the pictures are frames of \
      many short clips; with --sequence they are one clip at 25 frames per second, with speech, \
      blinks, head motion, a pulse and the fixed pattern noise of one camera. --video also writes \
      each clip as an H.264 video, of pictures in PNG as they leave the sensor. The times of blinks \
      and heartbeats, the heart rate and the camera are recorded in OUT/p001.json.

      Rerun the command to resume.

      EXAMPLES
        dflab faces synthesize --recipe demo
        dflab faces synthesize --people 12 --count 60 --seed 7 --out Datasets/dozen
        dflab faces synthesize --people 1 --count 300 --rate 30 --video --out clip
        dflab faces synthesize --count 250 --video --heart-rate 72 --camera 4 --out truth
        dflab swap --a Datasets/people/p001 --b Datasets/people/p002 --minutes 10

      OUTPUT
        OUT/p001/000001.jpg ...   pictures, marked as synthetic; PNG with --lossless or --video
        OUT/p001/faces.jsonl      one record per picture: 68 landmarks, pose, scene parameters
        OUT/p001/masks, depth     face masks (8 bits), depth maps in millimeters (16 bits)
        OUT/p001.json             of clips: times of blinks and heartbeats, heart rate, camera
        OUT/p001.mp4              of clips with --video: the video, marked as synthetic
        OUT/sheet.png             sample pictures of each identity
        OUT/synthesis.json        settings
        OUT/report.html           report with the sheet; report.md has the same content

      EXIT CODES
        0    success
        1    error; rendered pictures are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<SynthesisRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = SynthesisRequest
  typealias Progress = SynthesisProgress

  static let work: Work = { try SynthesisRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: SynthesisOutcome) -> Bool { outcome.sheet != nil }
}
