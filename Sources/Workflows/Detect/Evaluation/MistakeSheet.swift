import Detection
import Engine
import Foundation
import Media
import Records

/// The misclassified samples of a detector, by decreasing error.
struct MistakeSheet {
  private let detector: DetectorMetrics

  /// The maximum number of pictures, and pictures per row.
  private static let (most, columns) = (12, 6)

  init(_ detector: DetectorMetrics) { self.detector = detector }

  private var name: String { "mistakes-\(detector.name).png" }
  private var shown: [DetectorMetrics.Mistake] {
    Array(detector.mistakes.prefix(MistakeSheet.most))
  }

  /// Draws the sheet into a run's folder, if there are mistakes.
  ///
  /// - Parameter set: the folder of the labeled dataset.
  func write(to folder: String, from set: String) throws {
    guard !shown.isEmpty else { return }
    let images = shown.map { try? Image(reading: "\(set)/\($0.path)") }
    let rows = stride(from: 0, to: images.count, by: MistakeSheet.columns).map { first in
      ContactSheet.Row("", Array(images[first..<min(first + MistakeSheet.columns, images.count)]))
    }
    let sheet = ContactSheet(
      title: "Misclassified by \(detector.name), largest error first", rows: rows, cellSize: 128)
    let mark = try Mark.synthetic(at: folder)
    try WholeFile.write(try sheet.drawn().encoded(as: .png, mark: mark), to: "\(folder)/\(name)")
  }

  /// The sheet in a folder; nil without mistakes.
  func picture(in folder: String) throws -> ReportPicture? {
    guard !shown.isEmpty else { return nil }
    let words = shown.map { "\($0.method) \(NumberText.fixed($0.score, 3))" }
    return try ReportPicture(
      name,
      "Method and score, row by row. Real samples are false positives, all others are false negatives: "
        + words.joined(separator: ", ") + ".", in: folder)
  }
}
