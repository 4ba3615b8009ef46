import Glibc
import Synchronization

/// What the outside asks of a running command: to finish, to finish without results, or to go on.
public final class Interruption: Sendable {
  private let presses = Atomic<Int>(0)
  private let terminations = Atomic<Int>(0)

  /// Nothing is asked yet.
  public init() {}

  /// True when training is to stop.
  public var isAsked: Bool { presses.load(ordering: .relaxed) > 0 || isTerminated }

  /// True when not even the results are wanted any more.
  public var isUrgent: Bool { presses.load(ordering: .relaxed) > 1 || isTerminated }

  /// True when the system ends the program, not the user.
  public var isTerminated: Bool { terminations.load(ordering: .relaxed) > 0 }

  /// The exit code by the shells' custom: 128 and the signal's number; nil if nothing was asked.
  public var exitCode: Int32? {
    isTerminated ? 128 + SIGTERM : isAsked ? 128 + SIGINT : nil
  }

  /// One Ctrl-C.
  public func press() { presses.add(1, ordering: .relaxed) }

  /// The system's request to end.
  public func terminate() { terminations.add(1, ordering: .relaxed) }
}
