import ArgumentParser
import Records
import Workflows

/// `dflab datasets merge`.
struct DatasetMerge: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join shards into the dataset or face set that one process would have made.",
    discussion: """
      Joins all shards that dflab augment, dflab datasets import or dflab extract made with \
      --shard. Missing, unfinished and double shards are refused, and so are shards of different \
      programs, settings, seeds, data or keys, and files that were modified. The result equals that of \
      one process, file by file, and can be resumed and extended like it.

      Files are hard links to those of the shards where the disk allows it, so that the merge needs \
      no space; shards can be removed afterwards. Rerun the command after an interruption.

      EXAMPLES
        dflab datasets merge Datasets/large-*-of-8 --out large
        dflab datasets merge Datasets/alice-*-of-2 --out Datasets/alice

      EXIT CODES
        0    success
        1    error; the shards are never changed
        64   usage error
        130  interrupted by Ctrl-C; rerun to start over
        143  terminated; rerun to start over
      """)

  @OptionGroup var options: RequestOptions<MergeRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = MergeRequest
  typealias Progress = MergeProgress

  static let work: Work = { try MergeRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: MergeOutcome) -> Bool { outcome.isFinished }
}
