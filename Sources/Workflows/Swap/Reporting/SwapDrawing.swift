import Engine
import Foundation
import Generation
import Media
import Records

/// Draws the preview and the curves of a run.
struct SwapDrawing {
  let folder: RunFolder
  let a, b: SwapFaces
  let truth: SwapGroundTruth?
  let precision: Precision
  /// The direction of the swaps.
  let direction: SwapDirection

  /// - Parameter title: the weights in `model`.
  /// - Returns: the preview, and its file.
  @discardableResult
  func draw(_ model: SwapModel, as title: String) throws -> (image: Image, png: [UInt8]) {
    let sheet = SwapPreview(
      of: model, a: a, b: b, truth: truth, precision: precision, direction: direction
    ).sheet(title: "\(folder.name), \(title)")
    let mark = try Mark.synthetic(at: folder.preview)
    let image = try sheet.drawn()
    let png = try image.encoded(as: .png, mark: mark)
    try WholeFile.write(png, to: folder.preview)
    let curves = SwapCurves(SwapLog.lines(at: folder.log)).plot
    try WholeFile.write(curves.drawn().encoded(as: .png, mark: nil), to: folder.curves)
    return (image, png)
  }
}
