import ArgumentParser
import Faces
import Foundation
import Generation
import Records
import Workflows

/// `dflab augment`.
struct Augment: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Create a labeled dataset of real and forged faces.",
    discussion: """
      Creates the dataset Datasets/NAME from real faces. By default half of the samples are real \
      and half are forged, by a mixture of methods; the same degradations are applied to both. \
      Uses all face sets and swap models of the workspace, except those of duels, unless --faces \
      or --models is given.

      No identity is in more than one split: identities that share a clip or a swap model stay \
      in one split, and so do both faces of a forgery. As a check, shortcut baselines \
      (classifiers on file size, JPEG tables, metadata, border or mean color, none of which should \
      reveal the label) are trained on the dataset; they should do no better than chance. Those of \
      clips also look at bit rate, keyframes and the changes of the border.

      With --clips, samples are clips of consecutive frames, which face sets extracted from videos \
      have: every frame is forged with the same parameters and errors of its own, and both classes \
      are compressed as videos.

      Rerun the command to resume, or with a larger --count to add samples. The samples do not \
      depend on --threads.

      With --shard 2/8, only the second eighth of the samples is made, as the shard NAME-2-of-8, so \
      that several machines or processes share the work; dflab datasets merge joins the shards into \
      what one process would have made.

      EXAMPLES
        dflab augment
        dflab augment --name dozen --faces Datasets/dozen --count 8000
        dflab augment --name stills --faces Datasets/stills --models none --seed 7
        dflab augment --name clips --clips --frames 32 --count 600
        dflab augment --name large --count 100000 --shard 2/8
        dflab augment --name test-only --recipe strong.json --split 0/0/100

      METHODS
      \(methods)

      OUTPUT
        Datasets/NAME/manifest.jsonl   one line per sample: label (1 fake, 0 real), split, \
      identities, clips, method, parameters, degradations, seed, SHA-256
        Datasets/NAME/pictures         JPEG files with the same quantization tables and metadata
        Datasets/NAME/boundaries       blending boundaries of the xray samples
        Datasets/NAME/clips            with --clips: a folder of JPEG files for each clip
        Datasets/NAME/sheet.png        samples of each method
        Datasets/NAME/audit.json       results of the shortcut baselines
        Datasets/NAME/augment.json     settings
        Datasets/NAME/report.html      report; report.md has the same content

      EXIT CODES
        0    success
        1    error; finished samples are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  /// A line for each forgery method.
  private static let methods = ForgeryMethod.all.map { method in
    "  " + method.name.padding(toLength: 13, withPad: " ", startingAt: 0) + method.summary
  }.joined(separator: "\n")

  @OptionGroup var options: RequestOptions<AugmentRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = AugmentRequest
  typealias Progress = AugmentProgress

  static let work: Work = { try AugmentRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: AugmentOutcome) -> Bool {
    outcome.sheet != nil || outcome.shard != nil
  }
}
