import Foundation
import Records

/// Keeps yt-dlp from this machine and its networks.
///
/// A page can name a video anywhere, and redirect to anywhere. A plugin of yt-dlp, which is a Python
/// program, installs an audit hook that sees every connection with the numeric address that is about to be
/// used, and every program about to be started, FFmpeg among them, which would connect by itself.
struct PageGuard {
  private let folder: String

  private static let plugin = "page_guard.py"
  /// Files that the plugin makes.
  private static let (loaded, refused) = ("loaded", "refused")

  /// - Parameter folder: made for the plugin; removed by the caller.
  init(in folder: String) throws {
    self.folder = folder
    let place = "\(folder)/plugins/dflab/yt_dlp_plugins/postprocessor"
    try RunFolder.make(place)
    let networks = [
      "carriers": NetworkAddress.carriers, "assigned": NetworkAddress.assigned,
      "special": NetworkAddress.special,
    ].mapValues { $0.map(\.description) }
    do {
      try Data(PackageResources.page_guard_py)
        .write(to: URL(filePath: "\(place)/\(PageGuard.plugin)"))
      try Data(try JSONText.pretty(networks)).write(to: URL(filePath: "\(folder)/networks.json"))
    } catch {
      throw RecordsError.unwritable(path: place, reason: RunFolder.reason(of: error))
    }
  }

  /// What yt-dlp must be told.
  ///
  /// Without the plugin it ends before it opens a connection, since it does not know the postprocessor,
  /// which does nothing.
  var arguments: [String] {
    ["--no-plugin-dirs", "--plugin-dirs", "\(folder)/plugins", "--use-postprocessor", "DFLab"]
  }

  /// Whether the plugin was in force.
  var isLoaded: Bool { FileKind.isThere("\(folder)/\(PageGuard.loaded)") }

  /// Whether it has refused a connection.
  var hasRefused: Bool { FileKind.isThere("\(folder)/\(PageGuard.refused)") }
}
