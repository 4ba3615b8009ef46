/// A job with its progress, for scripts.
struct JobReport: Encodable {
  let number: Int
  let title: String
  let command: String
  /// The command as a user types it.
  let shown: String
  let state: Job.State
  /// The run that it makes, if known.
  let run: String?
  let code: Int32?
  /// The jobs whose results it needs.
  let after: [Int]?
  let progress: JobProgress

  init(_ job: Job, _ progress: JobProgress) {
    (number, title, command, shown) = (job.number, job.title, job.command, job.shown)
    (state, run, code, self.progress) = (
      job.state, job.run ?? progress.result["run"], job.code, progress
    )
    after = job.after
  }
}
