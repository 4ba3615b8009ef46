import Foundation
import Records

/// The style sheet and the scripts, which are part of the program.
struct Resource: Sendable {
  let bytes: Data
  let type: String
  private let tag: String

  private init(_ bytes: some Sequence<UInt8>, _ type: String) {
    (self.bytes, self.type) = (Data(bytes), type)
    tag = "\"\(FileHash.of(bytes).prefix(16))\""
  }

  private static let script = "text/javascript; charset=utf-8"
  private static let all: [String: Resource] = [
    "style.css": Resource(
      Array(ReportStyle.sheet.utf8) + [0x0A] + PackageResources.style_css,
      "text/css; charset=utf-8"),
    "icon.svg": Resource(PackageResources.icon_svg, "image/svg+xml"),
    // What browsers ask for where a page, such as a report, names no icon.
    "favicon.ico": Resource(PackageResources.icon_svg, "image/svg+xml"),
    "lab.js": Resource(PackageResources.lab_js, script),
    "player.js": Resource(PackageResources.player_js, script),
    "wipe.js": Resource(PackageResources.wipe_js, script),
    "webcam.js": Resource(PackageResources.webcam_js, script),
  ]

  /// The resource that a request is for; nil if it is for a page.
  static func reply(to request: WebRequest) -> WebReply? {
    guard request.path.count == 1, let resource = all[request.path[0]],
      ["GET", "HEAD"].contains(request.method)
    else { return nil }
    var reply = WebReply(resource.bytes, as: resource.type)
      .with("ETag", resource.tag).with("Cache-Control", "no-cache")
    if request.header("If-None-Match") == resource.tag {
      (reply.status, reply.body) = (.notModified, .bytes(Data()))
    }
    return reply
  }
}
