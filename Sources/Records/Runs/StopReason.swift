/// The reason for stopping, as in the last line of the log.
public enum StopReason: String, Codable, Sendable {
  /// `--minutes` are used up.
  case minutes
  /// `--iterations` are done.
  case iterations
  /// The held-out score has reached a plateau.
  case plateau
  /// Ctrl-C or termination by the system.
  case interrupted
  /// The weights are pretrained: there was no training.
  case pretrained
  /// A loss or a gradient was not finite.
  case notFinite = "not finite"
}
