import Foundation
import Records
import Workflows

/// What detectors went by, each part to be opened on demand.
struct EvidenceView {
  private let explanation: Explanation
  /// The pictures that are there, by name, with their addresses.
  private let pictures: [String: String]

  /// Nil for a verdict without an explanation.
  ///
  /// - Parameter home: the folder below the workspace.
  init?(reading folder: String, home: String) {
    guard let data = try? RunFolder.contents(of: "\(folder)/explanation.json"),
      let explanation = try? JSONDecoder().decode(Explanation.self, from: data)
    else { return nil }
    self.explanation = explanation
    let names =
      ["timeline.png", "gradcam.png"] + explanation.evidence.flatMap(\.figures).map(\.picture)
    let there = names.filter { !$0.contains("/") && FileKind.isThere("\(folder)/\($0)") }
    pictures = Dictionary(there.map { ($0, Link.file("\(home)/\($0)")) }) { first, _ in first }
  }

  var html: HTML {
    let figures = explanation.evidence.flatMap { evidence in
      evidence.figures.map { figure in
        part(
          "\(figure.title), by \(figure.model)\(explanation.evidence.count > 1 ? ", identity \(evidence.person)" : "")",
          [figure.sentence], figure.picture, figure.caption)
      }
    }
    return """
      <div class="evidence">
      <h3>Evidence</h3>
      \(part("What was measured", explanation.sentences, nil, ""))
      \(pictures["gradcam.png"] == nil ? .none : part(
        "Grad-CAM: where networks looked", explanation.sentences.filter { $0.hasPrefix("Grad-CAM") },
        "gradcam.png",
        "The face that is most surely fake, and what speaks for a fake in red. Each map is scaled to its own maximum: it shows where, not how much."))
      \(figures)
      \(pictures["timeline.png"] == nil ? .none : part(
        "Score over time, with the limits", [], "timeline.png", ""))
      </div>
      """
  }

  private func part(
    _ title: String, _ sentences: [String], _ picture: String?, _ caption: String
  ) -> HTML {
    let shown = picture.flatMap { pictures[$0] }.map { address -> HTML in
      """
      <figure><a href="\(address)"><img src="\(address)" alt="\(title)" loading="lazy"></a>
      <figcaption>\(caption)</figcaption></figure>
      """
    }
    return """
      <details><summary>\(title)</summary>
      \(sentences.map { "<p>\($0)</p>" as HTML })
      \(shown)
      </details>
      """
  }
}
