/// Addresses of the server's pages and files, without the host.
enum Link {
  /// The address of some components, percent-encoded.
  static func to(_ components: String...) -> String { to(components) }

  /// The address of a file of the workspace.
  ///
  /// - Parameter path: relative to the workspace.
  static func file(_ path: String) -> String {
    to(["files"] + path.split(separator: "/").map(String.init))
  }

  /// The address of a small version of a picture.
  ///
  /// - Parameter path: relative to the workspace.
  static func thumbnail(_ path: String) -> String {
    to(["thumbnails"] + path.split(separator: "/").map(String.init))
  }

  /// The address of a run's page.
  static func run(_ name: String) -> String {
    to(["runs"] + name.split(separator: "/").map(String.init))
  }

  /// An address with a query.
  static func to(_ path: String, _ query: [(name: String, value: String)]) -> String {
    guard !query.isEmpty else { return path }
    return path + "?"
      + query.map { "\(FormText.encoded($0.name))=\(FormText.encoded($0.value))" }
      .joined(separator: "&")
  }

  private static func to(_ components: [String]) -> String {
    components.map { "/" + FormText.encoded($0) }.joined()
  }
}
