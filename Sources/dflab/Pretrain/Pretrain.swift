import ArgumentParser
import Records
import Workflows

/// `dflab pretrain`.
struct Pretrain: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Train autoencoders of faces, for forgeries that a decoder renders.",
    discussion: """
      Trains three convolutional autoencoders of face pictures with an adversarial loss. The \
      forgery method 'reconstruct' of 'dflab augment' renders pictures with their decoders; with \
      --models NAME it uses these instead of the ones that ship with dflab. One in twenty faces is \
      held out, to measure reconstructions.

      Rerun the command to resume.

      EXAMPLES
        dflab pretrain
        dflab pretrain --faces Datasets/stills Datasets/clips --name mine
        dflab augment --models mine

      OUTPUT
        Checkpoints/NAME/best.safetensors   the autoencoders, once training is complete
        Checkpoints/NAME/latest.safetensors the training state
        Labs/NAME/log.jsonl                 quality on held-out faces
        Labs/NAME/preview.png               held-out faces and their reconstructions
        Labs/NAME/report.html               report; report.md has the same content

      EXIT CODES
        0    success
        1    error; the last save is kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<PretrainRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = PretrainRequest
  typealias Progress = PretrainProgress

  static let work: Work = { try PretrainRun.train($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: PretrainOutcome) -> Bool { outcome.model != nil }
}
