import Foundation
import TestSupport

/// What TensorBoard's own package finds in a folder of event files.
struct TensorBoardReader {
  /// A number at a step.
  struct Point: Decodable {
    let step: Int
    let value: Double
  }

  let folder: String

  /// All numbers, by name.
  func scalars() throws -> [String: [Point]] {
    let text = try TestPython.run(
      TensorBoardReader.reading + """
        print(json.dumps({tag: [{"step": e.step, "value": e.value} for e in events.Scalars(tag)]
                          for tag in events.Tags()["scalars"]}))
        """, [folder])
    return try JSONDecoder().decode([String: [Point]].self, from: text)
  }

  /// The names of all pictures that can be decoded.
  func pictures() throws -> [String] {
    let text = try TestPython.run(
      TensorBoardReader.reading + """
        print(json.dumps([tag for tag in events.Tags()["images"] if all(
          e.encoded_image_string.startswith(b"\\x89PNG") and e.width > 0 for e in events.Images(tag))]))
        """, [folder])
    return try JSONDecoder().decode([String].self, from: text)
  }

  private static let reading = """
    import json, sys
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0})
    events.Reload()

    """
}
