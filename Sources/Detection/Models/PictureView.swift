import Media

/// A square part of a picture, resized and possibly flipped.
///
/// Coordinates are continuous: pixel `k` of a row covers `k ..< k + 1`. Outside the picture its
/// edge pixels repeat.
struct PictureView: Equatable, Sendable {
  /// The left and the upper edge, in pixels of the picture.
  var x, y: Double
  /// The side in pixels of the picture.
  var side: Double
  /// Whether the view is flipped horizontally.
  var isMirrored = false

  /// The default view of a detector.
  init(of image: Image, _ input: DetectorInput) {
    let square = Double(min(image.width, image.height))
    side = square * input.share
    x = (Double(image.width) - side) / 2
    y = (Double(image.height) - side) / 2
  }

  /// Fills `output`, `input.side`×`input.side`×3, with the view's normalized pixels.
  ///
  /// A reduced view is area-averaged, an enlarged one interpolated bilinearly.
  func draw(_ image: Image, _ input: DetectorInput, into output: inout MutableSpan<Float>) {
    let columns = ResizeWeights(part: x, side: side, to: input.side, of: image.width)
    let rows = ResizeWeights(part: y, side: side, to: input.side, of: image.height)
    let scale = (0..<3).map { 1 / (255 * input.deviation[$0]) }
    let shift = (0..<3).map { input.mean[$0] / input.deviation[$0] }
    image.view(
      columns: columns, rows: rows, isMirrored: isMirrored, scale: scale, shift: shift,
      into: &output)
  }
}
