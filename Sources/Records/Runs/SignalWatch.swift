import Dispatch
import Glibc

/// Notes Ctrl-C and the system's request to end, instead of ending the program, while it lives.
///
/// A closed pipe ends nothing either: who has stopped reading has not stopped the training.
public final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// Tells `interruption` of the signals from now on.
  public init(_ interruption: Interruption) {
    signal(SIGPIPE, SIG_IGN)
    sources = [
      SignalWatch.source(of: SIGINT) { interruption.press() },
      SignalWatch.source(of: SIGTERM) { interruption.terminate() },
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
