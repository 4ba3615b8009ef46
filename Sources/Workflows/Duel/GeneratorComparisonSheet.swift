import Engine
import Faces
import Foundation
import Media
import Records

/// Test samples of all rounds: the same faces, swapped by each generator in turn.
struct GeneratorComparisonSheet {
  /// Rows of pictures; nil where there are none.
  let sheet: ReportPicture?

  private static let columns = 6
  private static let name = "faces.png"
  private static let caption =
    "Real test faces and their swaps by the generators (gN) and controls (cN, adversary off) of each "
    + "round. Each column is one face, with the same mask and degradations."

  /// Those that a duel has left in its folder.
  init(in folder: String) throws {
    sheet = try ReportPicture(
      GeneratorComparisonSheet.name, GeneratorComparisonSheet.caption, in: folder)
  }

  init(of run: DuelRun) throws {
    let names = DuelNames(duel: run.folder.name, repetition: 0)
    let rounds = (1...run.state.settings.rounds).filter { run.state.test(0, $0) != nil }
    var rows: [ContactSheet.Row] = []
    for round in rounds {
      for generator in DuelGenerator.all(of: round) {
        let path = run.workspace.datasets(of: names.part(generator, .test))
        let samples = try LabeledDataset(reading: path).samples
        if rows.isEmpty {
          rows.append(
            GeneratorComparisonSheet.row("real", samples.filter { $0.label == .real }, path))
        }
        rows.append(
          GeneratorComparisonSheet.row(
            generator.name, samples.filter { $0.label == .fake }, path))
      }
    }
    guard !rows.isEmpty else {
      sheet = nil
      return
    }
    let drawn = try ContactSheet(
      title: "Test faces and their swaps by round", rows: rows, cellSize: 128
    ).drawn()
    sheet = ReportPicture(
      GeneratorComparisonSheet.name, GeneratorComparisonSheet.caption,
      bytes: try drawn.encoded(
        as: .png, mark: .synthetic(at: run.folder.lab, in: run.workspace)))
  }

  /// Faces spread evenly over a set; the n-th real one is that of the n-th fake.
  private static func row(_ name: String, _ samples: [Sample], _ path: String) -> ContactSheet.Row {
    let count = min(columns, samples.count)
    let shown = (0..<count).map { samples[$0 * samples.count / count].path }
    return ContactSheet.Row(name, shown.map { try? Image(reading: "\(path)/\($0)") })
  }
}
