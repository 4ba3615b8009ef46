import ArgumentParser
import Records
import Workflows

/// `dflab duel`.
struct Duel: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    abstract: "Train generators and detectors against each other in alternating rounds.",
    discussion: """
      In each round, swap models are trained for several pairs of identities, from round 2 on with \
      the newest detector's score in the loss (evasion loss); a labeled dataset is made from \
      their swaps; and a detector is trained on it, with replay of earlier rounds' samples. Every \
      detector is then tested on the swaps of every round's generators, on identities that no \
      detector was trained on.

      Controls: the test pairs' generators are also trained without the adversary, from the same \
      weights and faces, so that evasion is measured as a difference; a reference detector, \
      trained on another forgery method, never adapts; all tests are repeated on re-encoded \
      samples; and shortcut baselines are run on every dataset.

      Without --a and --b, uses the synthetic identities of the workspace and renders more if \
      needed. Identities are split once for all rounds; each repetition has its own split. \
      Budgets are numbers of steps (see --recipe), so that results are reproducible. On two cores, \
      the default recipe takes about 40 minutes; --minutes scales it to another time.

      Rerun the command, or just 'dflab duel --name NAME', to resume. Larger --rounds or \
      --repetitions extend a duel.

      EXAMPLES
        dflab duel
        dflab duel --rounds 3 --repetitions 3 --name repeated
        dflab duel --replay 0 --name no-replay
        dflab duel --recipe small.json --name small
        dflab duel --external celeb --minutes 90 --name long
        dflab duel --a anna carl emil gina ida kim --b ben dora fred hugo jan lea

      OUTPUT
        Labs/NAME/report.html         outcome of each round, matrix of generators and detectors, \
      forgetting, cost of evasion, limitations; report.md has the same content
        Labs/NAME/results.json        all metrics
        Labs/NAME/duel.json           settings and progress
        Checkpoints/NAME-s1-g2-test1  a generator; c2 instead of g2 is its control
        Checkpoints/NAME-s1-d2-...    a detector; reference instead of d2 never adapts
        Datasets/NAME-s1-...          labeled datasets

      NAMES
        s1     repetition 1
        g2     generator of round 2, trained with the adversary
        c2     control of round 2, trained without it
        d2     detector of round 2
        test1  first test pair; training and validation pairs are named alike

      EXIT CODES
        0    success
        1    error; finished steps are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<DuelRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = DuelRequest
  typealias Progress = DuelProgress

  static let work: Work = { try DuelRun.run($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: DuelOutcome) -> Bool { outcome.report != nil }
}
