import Foundation
import Records

/// A converted clip beside its original; a script lays one over the other, with a wipe.
struct ComparisonView {
  let run: RunSummary

  /// Nil for a run that converted no single file.
  init?(_ run: RunSummary, in workspace: Workspace) {
    guard ["convert", "reenact"].contains(run.command), let place = run.places.first,
      let source = run.sources.first, run.state == .done,
      MediaType.of(source).hasPrefix("image/") || !MediaType.of(place).hasPrefix("image/"),
      FileKind.isThere("\(workspace.path)/\(place)")
    else { return nil }
    self.run = run
  }

  var html: HTML {
    let result = run.places.first ?? ""
    let isVideo = MediaType.of(result).hasPrefix("video/")
    func shown(_ address: String, _ title: String) -> HTML {
      let media: HTML =
        isVideo
        ? "<video src=\"\(address)\" aria-label=\"\(title)\" controls muted loop playsinline preload=\"auto\"></video>"
        : "<img src=\"\(address)\" alt=\"\(title)\">"
      return "<figure>\(media)<figcaption>\(title)</figcaption></figure>"
    }
    return """
      <section class="card">
      <h2>Original and result</h2>
      <div class="wipe pair">
      \(shown(Link.to("/source", [("run", run.name)]), "original"))
      \(shown(Link.file(result), "result, marked as generated"))
      </div>
      </section>
      """
  }
}
