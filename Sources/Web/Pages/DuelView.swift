import Records
import Workflows

/// The matrix of a duel; a script renews it while the duel goes on.
struct DuelView {
  private let matrix: DuelMatrix
  private let run: String

  /// Nil for a folder without a duel.
  init?(reading folder: String, run: String) throws {
    guard let matrix = try DuelMatrix(reading: folder) else { return nil }
    (self.matrix, self.run) = (matrix, run)
  }

  var html: HTML {
    """
    <div data-part="\(Link.to("/duel", [("run", run)]))">
    \(part)
    </div>
    """
  }

  /// The matrix alone.
  var part: HTML {
    let repeated =
      matrix.repetitions > 1 ? ", mean over the repetitions so far of \(matrix.repetitions)" : ""
    return """
      <h2>Generators and detectors</h2>
      <p class="faint" id="matrix">ROC AUC per frame on test identities, with 95 % intervals\(repeated):
      \(matrix.rounds) of \(matrix.allRounds) rounds.</p>
      <div class="wide" tabindex="0" role="group" aria-label="Matrix">
      <table class="matrix" aria-describedby="matrix">
      <thead><tr><td></td>\(matrix.columns.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
      <tbody>
      \(zip(matrix.rows, matrix.cells).map { row, cells -> HTML in
        "<tr><th scope=\"row\">\(row)</th>\(cells.map(DuelView.cell))</tr>"
      })
      </tbody>
      </table></div>
      """
  }

  private static func cell(_ cell: DuelMatrix.Cell?) -> HTML {
    guard let cell else { return "<td><span class=\"faint\">–</span></td>" }
    // Eleven shades from 0.5, where a detector guesses, to 1.
    let shade = Int((max(0, min(1, 2 * cell.value - 1)) * 10).rounded())
    var interval: HTML?
    if let low = cell.low, let high = cell.high {
      interval = "<small>\(NumberText.fixed(low, 2))–\(NumberText.fixed(high, 2))</small>"
    }
    return "<td class=\"heat-\(shade)\">\(NumberText.fixed(cell.value, 3)) \(interval)</td>"
  }
}

/// What the script asks for.
struct DuelPages {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/duel") { request, _ in
        let run = request.query("run") ?? ""
        // Before the first round has ended there is nothing to show.
        return WebReply(try DuelView(reading: folder(of: run), run: run)?.part ?? "")
      },
      Route("GET", "/api/duel") { request, _ in
        guard let matrix = try DuelMatrix(reading: folder(of: request.query("run") ?? "")) else {
          throw WebFault(.notFound, "The run is not a duel.")
        }
        return try WebReply(json: matrix)
      },
    ]
  }

  private func folder(of run: String) throws(WebFault) -> String {
    try lab.workspace.path(ofShown: ["Labs"] + run.split(separator: "/").map(String.init))
  }
}
