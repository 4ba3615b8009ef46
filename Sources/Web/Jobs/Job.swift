import Foundation
import Records

/// A command that the browser asked for: carried out by the program itself, one at a time.
struct Job: Codable, Equatable, Sendable {
  /// The state of a job.
  enum State: String, Codable, Sendable {
    case queued, running, done
    /// It was stopped, and saved what it had; the command resumes it.
    case stopped
    case failed

    /// Whether it will not change by itself.
    var isFinal: Bool { self != .queued && self != .running }
  }

  /// The process that works on a job.
  struct Worker: Codable, Equatable, Sendable {
    let process: Int32
    /// When it started, in the system's ticks: the system gives numbers of processes out again.
    let start: String
  }

  /// The number, from 1, in the order asked.
  let number: Int
  /// What it does, for people.
  let title: String
  /// The kind of the request, such as `detect --retrain`.
  let command: String
  /// The command line without the program's name.
  let arguments: [String]
  /// The run that it makes, as far as its name is known from the start.
  var run: String?
  let asked: Date
  /// The jobs whose results it needs.
  var after: [Int]?
  var state = State.queued
  var began: Date?
  var ended: Date?
  /// The exit code.
  var code: Int32?
  /// Whether the user has asked to stop it.
  var isStopping = false
  var worker: Worker?

  /// The command as a user types it.
  var shown: String { "dflab " + ShellWord.line(arguments) }

  /// Marks the end.
  mutating func end(code: Int32) {
    (self.code, ended, worker) = (code, Date(), nil)
    state = Job.state(after: code)
    isStopping = false
  }

  /// Marks the end of a job that cannot begin, because another one has no result.
  mutating func end(without other: Job) {
    (state, ended) = (other.state == .stopped ? .stopped : .failed, Date())
  }

  /// What an exit code of the program means; 2 to 4 are answers, not errors.
  static func state(after code: Int32) -> State {
    switch code {
    case 0, 2, 3, 4: .done
    case 130, 143: .stopped
    default: .failed
    }
  }
}
