import Engine
import Foundation
import Media
import Records

/// Examples of frames or pictures before and after a conversion, with close-ups of the faces.
struct ConversionSheet {
  /// Where it lies in the folder of the run's record, which may hold the pictures that came out: there
  /// it must not be one of them.
  static let file = "report/sheet.png"

  /// How many frames it shows, and how large.
  private static let (columns, side) = (4, 220)

  private let pairs: [Pair]

  /// What lay at one place, and what lies there now.
  private struct Pair {
    let label: String
    let before, after: Image
    let face: ShownFace
  }

  /// Reads what is shown; what cannot be read is left out.
  ///
  /// - Parameters:
  ///   - shown: where swapped faces can be seen.
  ///   - source: the video, the picture or the folder that was converted.
  ///   - result: what came out.
  init(of shown: [ShownFace], from source: String, to result: String) {
    let videos = (try? VideoReader(reading: source), try? VideoReader(reading: result))
    pairs = ShownFace.spread(shown, most: ConversionSheet.columns).compactMap { face in
      let images: (Image?, Image?)
      let label: String
      if let time = face.time {
        images = (
          ConversionSheet.frame(of: videos.0, at: time),
          ConversionSheet.frame(of: videos.1, at: time)
        )
        label = "\(MetricTables.number(time, 2)) s"
      } else {
        let tail = face.name.map { "/\($0)" } ?? ""
        images = (try? Image(reading: source + tail), try? Image(reading: result + tail))
        label = face.name ?? ""
      }
      guard let before = images.0, let after = images.1 else { return nil }
      return Pair(label: label, before: before, after: after, face: face)
    }
  }

  private static func frame(of video: VideoReader?, at time: Double) -> Image? {
    try? video?.seek(to: time)
    return try? video?.next()?.picture()
  }

  /// Draws the sheet into the folder of a run's record; one of an earlier run goes where nothing is shown.
  func write(to home: String) throws {
    let path = "\(home)/\(ConversionSheet.file)"
    guard !pairs.isEmpty else {
      if FileKind.isThere(path) { try RunFolder.remove(path) }
      return
    }
    var rows = [
      ContactSheet.Row("before", pairs.map(\.before)),
      ContactSheet.Row("after", pairs.map(\.after)),
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
    let mark = Mark.synthetic(by: Program.name)
    try WholeFile.write(try sheet.drawn().encoded(as: .png, mark: mark), to: path)
  }

  /// The face with something around it, as much of it as lies in the picture.
  private static func crop(_ image: Image, _ face: ShownFace) -> Image {
    let margin = max(face.width, face.height) / 4
    let (left, top) = (max(0, face.x - margin), max(0, face.y - margin))
    let right = min(image.width, face.x + face.width + margin)
    let bottom = min(image.height, face.y + face.height + margin)
    guard left < right, top < bottom else { return image }
    return image.cropped(x: left, y: top, width: right - left, height: bottom - top)
  }
}
