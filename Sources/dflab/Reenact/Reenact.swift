import ArgumentParser
import Records
import Workflows

/// `dflab reenact`.
struct Reenact: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Give the face in a video the expressions of another video.",
    discussion: """
      Finds the faces of both videos, trains a swap model of the two (or takes --model), and puts \
      the target's face with the driver's mouth, eyes and gaze into each frame of the target. The \
      shared encoder describes the driver's expression relative to the driver's clip, the target's \
      decoder shows it relative to the target's clip. Pose, light and everything outside the face \
      stay the target's; the sound is the driver's. The output is marked as synthetic.

      Frames in which the driver has no face, or its head is turned too differently, are left as \
      they were, and counted. The driver is sampled by time, whatever its frame rate; the result ends with \
      the shorter video. Both videos should show several expressions.

      Rerun the command to resume; finished segments are kept in OUT.parts until the video is \
      complete. Another video of the same pair, or a larger --minutes, continues with the trained model.

      EXAMPLES
        dflab reenact --driver b.mp4 --target a.mp4 --out a-by-b.mp4
        dflab reenact --driver b.mp4 --target a.mp4 --out a-by-b.mp4 --minutes 10
        dflab reenact --driver b.mp4 --target a.mp4 --out a-by-b.mp4 --model ab --side a

      OUTPUT
        OUT                       the video
        Labs/reenact-OUT/         report.html with frames of driver, target and result; report.md, \
      reenact.json
        Datasets/NAME/            target, driver: the face sets of the videos
        Checkpoints/NAME/         the swap model; Labs/NAME/ has its report

      EXIT CODES
        0    success
        1    error, or no face that can be reenacted
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<ReenactRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = ReenactRequest
  typealias Progress = ReenactProgress

  static let work: Work = { try ReenactRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: ReenactOutcome) -> Bool { outcome.isFinished }
}
