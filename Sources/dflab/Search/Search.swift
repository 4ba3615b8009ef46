import ArgumentParser
import Records
import Workflows

/// `dflab search`.
struct Search: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Search for the settings that a detector is best trained with.",
    discussion: """
      Trains a network again and again with other settings, as RECIPE says: learning rate, \
      optimizer, batch size, weight decay, losses, augmentation, and for cnn and cnn-bn the shape of \
      the layers. Values are suggested by a tree-structured Parzen estimator or at random, and \
      trials that fall behind are pruned. A search has phases: the best values of one are fixed \
      in the next, which may also search the most important parameters again in a narrower range.

      Trials are compared by ROC AUC on the validation split; the test split is never read. At the \
      end, the winner and the default are trained with further seeds, and their difference is \
      reported with its interval.

      The study is an Optuna storage, which Optuna and optuna-dashboard open. Rerun the command to \
      resume; the trial that was interrupted is repeated. Labs/README.md lists the recipe's keys.

      EXAMPLES
        dflab search recipe.json
        dflab search Labs/studies/search/recipe.json --name phases
        optuna-dashboard sqlite:///Labs/recipe/study.sqlite

      OUTPUT
        Labs/NAME/report.html    history, parallel coordinates, importance, winner and default; \
      report.md has the same content
        Labs/NAME/study.sqlite   the Optuna storage, with a study for each phase
        Labs/NAME/winner.json    the best values
        Labs/NAME/results.json   everything that the report shows

      EXIT CODES
        0    success
        1    error; finished trials are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<SearchRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = SearchRequest
  typealias Progress = SearchProgress

  static let work: Work = { try SearchRun.search($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: SearchOutcome) -> Bool { outcome.report != nil }
}
