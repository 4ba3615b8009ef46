import Generation
import Records

extension SwapReport {
  /// The command that reproduces the run, in the workspace.
  var command: String {
    record.request.renamed("\(name)-repeat").shown(threads: record.threads)
  }

  /// The reproducibility of the run.
  var reproduction: String {
    if record.request.pretrained != nil {
      return "The same pictures give the same metrics, bit for bit."
    }
    return record.budget.seconds == nil
      ? "On the same machine and with the same number of threads, the command gives the same weights, "
        + "bit for bit, even if it is interrupted and resumed."
      : "With --minutes, the learning rate follows the clock: the weights will be similar, not "
        + "identical. With --iterations, or to the plateau, they are identical."
  }
}
