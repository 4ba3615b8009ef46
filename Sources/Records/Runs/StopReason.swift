/// Why training stopped, as the log's last line says it.
public enum StopReason: String, Codable, Sendable {
  /// The `--minutes` are over.
  case minutes
  /// The `--iterations` are done.
  case iterations
  /// The held-out score has stopped rising.
  case plateau
  /// Ctrl-C or the end of the session.
  case interrupted
  /// The weights are another run's: nothing was to be trained.
  case pretrained
  /// A loss or a gradient was no number any more.
  case notFinite = "not finite"
}
