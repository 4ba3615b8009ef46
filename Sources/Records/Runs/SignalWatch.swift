import Dispatch
import Glibc

/// Handles Ctrl-C and the system's request to terminate during its lifetime, instead of ending the
/// program.
///
/// A closed pipe does not end the program either: training continues without a reader.
public final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// Forwards signals to `interruption` from now on.
  ///
  /// - Parameter terminated: is told of the system's request to terminate.
  public init(_ interruption: Interruption, terminated: @escaping @Sendable () -> Void = {}) {
    signal(SIGPIPE, SIG_IGN)
    sources = [
      SignalWatch.source(of: SIGINT) { interruption.press() },
      SignalWatch.source(of: SIGTERM) {
        interruption.terminate()
        terminated()
      },
    ]
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM, SIGPIPE] { signal(number, SIG_DFL) }
  }

  private static func source(
    of number: Int32, note: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: note)
    source.resume()
    return source
  }
}
