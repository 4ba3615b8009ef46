import Glibc
import Synchronization

/// Requests to stop a running command, with or without its final results.
public final class Interruption: Sendable {
  private let presses = Atomic<Int>(0)
  private let terminations = Atomic<Int>(0)

  /// Without any request.
  public init() {}

  /// True if the command should stop.
  public var isAsked: Bool { presses.load(ordering: .relaxed) > 0 || isTerminated }

  /// True if it should stop without final results.
  public var isUrgent: Bool { presses.load(ordering: .relaxed) > 1 || isTerminated }

  /// True if the system requested it, not the user.
  public var isTerminated: Bool { terminations.load(ordering: .relaxed) > 0 }

  /// The exit code by shell convention: 128 plus the signal's number; nil without a request.
  public var exitCode: Int32? {
    isTerminated ? 128 + SIGTERM : isAsked ? 128 + SIGINT : nil
  }

  /// One Ctrl-C.
  public func press() { presses.add(1, ordering: .relaxed) }

  /// The system's request to terminate.
  public func terminate() { terminations.add(1, ordering: .relaxed) }
}
