/// How the lab is served.
public struct ServerSettings: Equatable, Sendable {
  /// The address to listen at.
  public var host = "127.0.0.1"
  /// The port; 0 for a free one.
  public var port: UInt16 = 8080
  /// The password for browsers and scripts; nil for the one-time token alone.
  public var password: String?
  /// The maximum size of an upload, in bytes.
  public var maxUpload = 2 << 30
  /// After how many days uploads are removed.
  public var keptDays = 30
  /// Whether web addresses may lead to this machine and its local networks.
  public var allowsLocalURLs = false

  /// On loopback, with a token.
  public init() {}
}
