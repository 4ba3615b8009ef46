import Synchronization

/// Reads what jobs report, each line once: a long job writes much, and its pages ask every second.
final class JobReader: Sendable {
  /// How far a job's output is read.
  private struct Place {
    var progress = JobProgress()
    var offset: UInt64 = 0
  }

  private let places = Mutex<[String: Place]>([:])

  /// The maximum number of jobs that are remembered.
  private static let most = 500

  /// What a job has reported so far.
  func progress(of job: JobFolder) -> JobProgress {
    let read = places.withLock { places in
      if places.count > JobReader.most { places = [:] }
      var place = places[job.path] ?? Place()
      let (text, end) = job.output(from: place.offset)
      place.progress.read(text)
      place.offset = end
      places[job.path] = place
      return place.progress
    }
    return read.adding(messages: job.lastMessages)
  }

  /// Forgets a job, whose number may be given out again.
  func forget(_ job: JobFolder) {
    places.withLock { $0[job.path] = nil }
  }
}
