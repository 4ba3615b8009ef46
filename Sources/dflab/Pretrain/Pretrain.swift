import ArgumentParser
import Engine
import Records
import Workflows

/// `dflab pretrain`.
struct Pretrain: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract:
      "Train autoencoders for forgeries, the initial weights of swap models, or a network for eyes.",
    discussion: """
      With --model autoencoders, trains three convolutional autoencoders of face pictures. The \
      forgery method 'reconstruct' of 'dflab augment' renders pictures with their decoders; with \
      --models NAME it uses these instead of the ones that ship with dflab.

      With --model swap, trains the encoder and decoder that 'dflab swap --init NAME' starts from. \
      Rendered identities that share scenes (see 'dflab faces synthesize --shared-scenes') teach \
      the encoder to discard identity.

      With --model eyes, trains the network that tells the detector 'blink' how far eyes are closed, on \
      rendered identities, whose lids are known.

      One in twenty faces, scenes or identities is held out for evaluation. Rerun the command to resume.

      EXAMPLES
        dflab pretrain
        dflab pretrain --faces Datasets/stills Datasets/clips --name mine
        dflab augment --models mine
        dflab faces synthesize --people 128 --count 50 --shared-scenes 4 --out Datasets/crowd
        dflab pretrain --model swap --name base && dflab swap --a alice --b bob --init base
        dflab faces synthesize --people 60 --count 60 --sequence --blinks 60 --out Datasets/eyes
        dflab pretrain --model eyes --faces Datasets/eyes

      OUTPUT
        Checkpoints/NAME/best.safetensors   the model, after training
        Checkpoints/NAME/latest.safetensors the training state
        Labs/NAME/log.jsonl                 quality on held-out faces
        Labs/NAME/preview.png               held-out faces as the model renders them
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

  static let work: Work = { try PretrainRun.train($0, ranks: .all, interruption: $1, report: $2) }
  static let assist: Assist? = { try PretrainRun.assist($0, on: .all) }

  static func isComplete(_ outcome: PretrainOutcome) -> Bool { outcome.model != nil }
}
