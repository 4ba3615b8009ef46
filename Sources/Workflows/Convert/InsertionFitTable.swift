import Generation
import Records

/// What reports say of how well swapped faces fit into their pictures.
enum InsertionFitTable {
  /// The rows of a table of measures; none without measured faces.
  static func rows(_ fit: InsertionFit) -> [[String]] {
    guard let original = fit.original, let swapped = fit.swapped else { return [] }
    func text(_ measure: KeyPath<InsertionFit.Measure, Double>) -> String {
      "\(NumberText.fixed(swapped[keyPath: measure], 2)) (originals: "
        + "\(NumberText.fixed(original[keyPath: measure], 2)))"
    }
    return [
      ["sharpness of the faces, relative to their surroundings", text(\.sharpness)],
      ["change across the faces' edges, relative to elsewhere", text(\.seam)],
    ]
  }
}
