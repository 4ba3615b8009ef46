import Engine
import Foundation
import Media
import Records

/// Examples of frames or pictures before and after a conversion, with close-ups of the faces; of a
/// reenactment also the frames of the driver at the same times.
struct ConversionSheet {
  /// The path in the folder of the run's record, which may be the folder of converted pictures: the
  /// sheet must not be one of them.
  static let file = "report/sheet.png"

  /// The number of frames, and their size.
  private static let (columns, side) = (4, 220)

  private let pairs: [Pair]

  /// A region before and after the conversion.
  private struct Pair {
    let label: String
    let before, after: Image
    let driver: Image?
    let face: ShownFace
  }

  /// Reads the positions; unreadable ones are skipped.
  ///
  /// - Parameters:
  ///   - shown: the positions of swapped faces.
  ///   - source: the input video, picture or folder.
  ///   - result: the result.
  ///   - driver: the driver's video; nil for none.
  init(
    of shown: [ShownFace], from source: String, to result: String, drivenBy driver: String? = nil
  ) {
    let videos = (try? VideoReader(reading: source), try? VideoReader(reading: result))
    let drivers = driver.flatMap { try? VideoReader(reading: $0) }
    pairs = ShownFace.spread(shown, most: ConversionSheet.columns).compactMap { face in
      let images: (Image?, Image?)
      let label: String
      if let time = face.time {
        images = (
          ConversionSheet.frame(of: videos.0, at: time),
          ConversionSheet.frame(of: videos.1, at: time)
        )
        label = "\(NumberText.fixed(time, 2)) s"
      } else {
        let tail = face.name.map { "/\($0)" } ?? ""
        let made = face.name.map { "/\(SwapFile($0).name)" } ?? ""
        images = (try? Image(reading: source + tail), try? Image(reading: result + made))
        label = face.name ?? ""
      }
      guard let before = images.0, let after = images.1 else { return nil }
      let driver = face.time.flatMap { ConversionSheet.frame(of: drivers, at: $0) }
      return Pair(label: label, before: before, after: after, driver: driver, face: face)
    }
  }

  private static func frame(of video: VideoReader?, at time: Double) -> Image? {
    try? video?.seek(to: time)
    return try? video?.next()?.picture()
  }

  /// Draws the sheet into the folder of a run's record, and removes an earlier one if there is
  /// nothing to show.
  func write(to home: String) throws {
    let path = "\(home)/\(ConversionSheet.file)"
    guard !pairs.isEmpty else {
      if FileKind.isThere(path) { try RunFolder.remove(path) }
      return
    }
    let isDriven = pairs.contains { $0.driver != nil }
    var rows = isDriven ? [ContactSheet.Row("driver", pairs.map(\.driver))] : []
    rows += [
      ContactSheet.Row(isDriven ? "target" : "before", pairs.map(\.before)),
      ContactSheet.Row(isDriven ? "result" : "after", pairs.map(\.after)),
    ]
    if pairs.contains(where: { 2 * $0.face.width < max($0.before.width, $0.before.height) }) {
      rows += [
        ContactSheet.Row("face before", pairs.map { ConversionSheet.crop($0.before, $0.face) }),
        ContactSheet.Row("face after", pairs.map { ConversionSheet.crop($0.after, $0.face) }),
      ]
    }
    let labels = pairs.map(\.label)
    let sheet = ContactSheet(
      title: "", columns: labels.allSatisfy(\.isEmpty) ? [] : labels, rows: rows,
      cellSize: ConversionSheet.side)
    try RunFolder.make((path as NSString).deletingLastPathComponent)
    let mark = try Mark.synthetic(at: path)
    try WholeFile.write(try sheet.drawn().encoded(as: .png, mark: mark), to: path)
  }

  /// The face with a margin, as far as it lies in the picture.
  private static func crop(_ image: Image, _ face: ShownFace) -> Image {
    let margin = max(face.width, face.height) / 4
    let (left, top) = (max(0, face.x - margin), max(0, face.y - margin))
    let right = min(image.width, face.x + face.width + margin)
    let bottom = min(image.height, face.y + face.height + margin)
    guard left < right, top < bottom else { return image }
    return image.cropped(x: left, y: top, width: right - left, height: bottom - top)
  }
}
