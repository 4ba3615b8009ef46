import ArgumentParser
import Engine
import Generation
import Records
import Workflows

/// `dflab swap`.
struct Swap: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Train a face-swap model on pictures of two people, then swap their faces.",
    discussion: """
      Trains an autoencoder with a shared encoder and one decoder per identity on two folders of \
      at least 16 pictures, then swaps the face in every picture of both. The last 15 % of each \
      folder in name order are held out: they are never trained on, and all reported metrics are \
      measured on them.

      A folder without a manifest is looked at. In photographs, faces are found and aligned, one \
      for each picture: of several, that of the identity that recurs. The finished pictures are \
      whole photographs. Aligned face crops are taken as they are. --extract and --aligned say \
      what a folder holds.

      Colors and sharpness of each face are matched to the picture. Faces turned farther than the \
      training faces, mostly outside the picture or partly hidden are left as they were, and counted.

      Rerun the command to resume. Without --minutes or --iterations, training ends at a plateau: \
      after 10 evaluations without a better held-out score, the learning rate is divided by 3; the \
      third time, training stops.

      If both face sets were rendered by 'dflab faces synthesize', the held-out swaps are also \
      compared with the ground truth, the same scene rendered with the other face.

      Ctrl-C saves a checkpoint and writes the swaps; press it again to skip the swaps.

      EXAMPLES
        dflab swap --a photos/alice --b photos/bob --minutes 10
        dflab swap --a photos/alice --b photos/bob --effort balanced --name larger
        dflab swap --a alice --b bob --iterations 2000 --seed 7 --name seed7
        dflab swap --a alice --b bob --iterations 4000 --name seed7    (resumes the run above)
        dflab swap --a alice --b bob --model original --precision fp32
        dflab swap --a alice --b bob --gan lsgan --mask learned --name gan
        dflab faces synthesize --recipe demo && dflab swap --pretrained demo

      OUTPUT
        Labs/RUN/         report.html, report.md, results.json, settings.json, log.jsonl, \
      curves.png, preview.png
        Labs/RUN/swaps/   a2b: the pictures of A with the face of B; b2a: the reverse; marked as \
      synthetic
        Datasets/RUN/     a, b: the face sets of photographs
        Checkpoints/RUN/  latest.safetensors (to resume), best.safetensors (best held-out score)

      EXIT CODES
        0    success
        1    error; saved checkpoints are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<SwapRequest>

  @OptionGroup(title: "Loss and training") var lossOptions: RequestSection<SwapRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  var words: [String: [String]] { options.words.merging(lossOptions.words) { $1 } }

  typealias Request = SwapRequest
  typealias Progress = SwapProgress

  static let work: Work = { try SwapRun.train($0, ranks: .all, interruption: $1, report: $2) }
  static let assist: Assist? = { try SwapRun.assist($0, on: .all) }

  /// An interrupted run ends with results, too.
  static func isComplete(_ outcome: SwapOutcome) -> Bool { false }
}
