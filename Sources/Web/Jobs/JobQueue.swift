import Foundation
import Glibc
import Records

/// The jobs of a workspace, carried out one at a time in the order asked.
///
/// Each is a process of the program itself, so that what is begun here can be resumed in a terminal, and
/// the other way round. The queue is stored: a restarted server continues it, and waits for a job that
/// went on without it.
actor JobQueue {
  private let folder: String
  private let workspace: Workspace
  private let program: String
  private var jobs: [Int: Job] = [:]
  /// Called after each change of a job's state.
  private let changed: @Sendable (Job) -> Void
  private let reader = JobReader()
  private var isClosing = false
  private var task: Task<Void, Never>?
  private let (wakes, wake) = AsyncStream.makeStream(
    of: Void.self, bufferingPolicy: .bufferingNewest(1))

  /// The maximum number of jobs that wait.
  private static let mostQueued = 200
  /// How often a process that another server started is looked at.
  private static let interval = Duration.milliseconds(300)

  /// Reads the jobs of a workspace; nothing is started before `run`.
  ///
  /// - Parameters:
  ///   - folder: where jobs are stored.
  ///   - program: the path of `dflab`.
  ///   - changed: called after each change of a job's state.
  init(
    in folder: String, of workspace: Workspace, program: String,
    changed: @escaping @Sendable (Job) -> Void = { _ in }
  ) throws {
    (self.folder, self.workspace, self.program) = (folder, workspace, program)
    self.changed = changed
    try RunFolder.make(folder)
    for name in try RunFolder.names(in: folder) {
      if let job = JobFolder(path: "\(folder)/\(name)").job { jobs[job.number] = job }
    }
  }

  /// All jobs, the newest first.
  var all: [Job] { jobs.values.sorted { $0.number > $1.number } }

  /// The job with a number.
  func job(_ number: Int) throws(WebFault) -> Job {
    guard let job = jobs[number] else { throw WebFault(.notFound, "There is no job \(number).") }
    return job
  }

  /// What a job has reported.
  nonisolated func progress(of number: Int) -> JobProgress {
    reader.progress(of: files(of: number))
  }

  /// Adds a job at the end of the queue.
  ///
  /// - Parameters:
  ///   - title: what it does, for people.
  ///   - command: the kind of the request.
  ///   - arguments: the command line without the program's name.
  ///   - run: the run that it makes, if its name is known.
  ///   - after: the jobs whose results it needs.
  func add(
    _ title: String, command: String, arguments: [String], run: String? = nil, after: [Int] = []
  ) throws -> Job {
    guard jobs.values.count(where: { $0.state == .queued }) < JobQueue.mostQueued else {
      throw WebFault(.tooManyRequests, "Too many jobs are waiting. Wait until some are done.")
    }
    let number = (jobs.keys.max() ?? 0) + 1
    let job = Job(
      number: number, title: title, command: command, arguments: arguments, run: run,
      asked: Date(), after: after.isEmpty ? nil : after)
    try RunFolder.make(files(of: number).path)
    try save(job)
    wake.yield()
    return job
  }

  /// Asks a job to stop, as Ctrl-C does: what it has is saved.
  ///
  /// A waiting job is taken out of the queue.
  func stop(_ number: Int) throws {
    var job = try job(number)
    switch job.state {
    case .queued:
      (job.state, job.ended) = (.stopped, Date())
      try save(job)
    case .running:
      job.isStopping = true
      try save(job)
      signal(job, SIGINT)
    case .done, .stopped, .failed:
      throw WebFault(.conflict, "Job \(number) has ended already.")
    }
  }

  /// Puts an ended job at the end of the queue again: its command resumes what was saved.
  ///
  /// Jobs whose results it needs go before it unless they are done.
  func resume(_ number: Int) throws -> Job {
    let old = try job(number)
    guard old.state.isFinal else {
      throw WebFault(.conflict, "Job \(number) has not ended yet.")
    }
    let needed = (old.after ?? []).compactMap { jobs[$0] }.filter { $0.state != .done }
    let after = try needed.map { $0.state.isFinal ? try resume($0.number).number : $0.number }
    return try add(
      old.title, command: old.command, arguments: old.arguments, run: old.run, after: after)
  }

  /// Removes the record of an ended job; its run stays.
  func remove(_ number: Int) throws {
    guard try job(number).state.isFinal else {
      throw WebFault(.conflict, "Job \(number) has not ended yet. Stop it first.")
    }
    try RunFolder.remove(files(of: number).path)
    reader.forget(files(of: number))
    jobs[number] = nil
  }

  /// Carries out the queue until `close`.
  func run() {
    task = Task {
      while !isClosing {
        if let number = next { await work(on: number) } else { await waitForWake() }
      }
    }
  }

  /// The job to work on: the one that an earlier server left running, or the first that waits.
  private var next: Int? {
    let open = jobs.values.filter { !$0.state.isFinal }
    return (open.first { $0.state == .running } ?? open.min { $0.number < $1.number })?.number
  }

  /// A job whose result another one needs, and lacks.
  private func lacking(_ job: Job) -> Job? {
    (job.after ?? []).compactMap { jobs[$0] }.first { $0.state != .done }
  }

  private func waitForWake() async {
    for await _ in wakes { return }
  }

  /// Works on a job, or waits for the process that does, until it ends.
  private func work(on number: Int) async {
    guard var job = jobs[number] else { return }
    let files = files(of: number)
    if job.state == .queued, let lacking = lacking(job) {
      job.end(without: lacking)
      let messages = ["Job \(lacking.number), '\(lacking.title)', did not end well."]
      try? files.say(messages + progress(of: lacking.number).messages.suffix(1))
      try? save(job)
      return
    }
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    do {
      if let worker = job.worker, job.state == .running {
        while files.exitCode == nil, JobFolder.isAlive(worker) {
          try? await Task.sleep(for: JobQueue.interval)
        }
      } else {
        job.worker = try files.start(job, by: program, in: workspace.path) { end.finish() }
        (job.state, job.began, job.ended, job.code) = (.running, Date(), nil, nil)
        try save(job)
        for await _ in ends {}
      }
      // It may have been asked to stop meanwhile.
      job = jobs[number] ?? job
      if isClosing, files.exitCode.map({ Job.state(after: $0) }) == .stopped, !job.isStopping {
        // The server stops it, not the user: the next one resumes it.
        (job.state, job.worker) = (.queued, nil)
      } else {
        job.end(code: files.exitCode ?? 137)
      }
    } catch {
      job.end(code: 1)
    }
    // A full disk must not end the queue.
    try? save(job)
  }

  /// Stops the running job, which is saved, and ends; the next server resumes it.
  func close() async {
    isClosing = true
    wake.yield()
    for job in jobs.values where job.state == .running { signal(job, SIGINT) }
    await task?.value
  }

  /// Does not wait until the running job has finished its step.
  func hurry() {
    for job in jobs.values where job.state == .running { signal(job, SIGINT) }
  }

  private func signal(_ job: Job, _ number: Int32) {
    // The process group: the shell and the program.
    if let worker = job.worker, JobFolder.isAlive(worker) { kill(-worker.process, number) }
  }

  private func save(_ job: Job) throws {
    jobs[job.number] = job
    changed(job)
    try files(of: job.number).write(job)
  }

  private nonisolated func files(of number: Int) -> JobFolder {
    JobFolder(path: "\(folder)/\(NumberText.padded(number, to: 6))")
  }
}
