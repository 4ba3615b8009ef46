import Engine
import Faces
import Generation
import Media

/// Held-out faces, what the model makes of them, and their swaps.
struct SwapPreview {
  private var rows: [ContactSheet.Row] = []

  /// - Parameter count: about how many faces of each side to show.
  init(of model: SwapModel, a: SwapFaces, b: SwapFaces, precision: Precision, count: Int = 8) {
    for (side, faces) in [(Side.a, a), (Side.b, b)] {
      let inputs = Crop.faces(of: Array(faces.heldOutSample(count).prefix(count)))
      let (own, other) = (side.rawValue.uppercased(), side.other.rawValue.uppercased())
      add("\(own): face", inputs)
      for (label, target) in [("\(own): reconstruction", side), ("\(own) to \(other)", side.other)]
      {
        let made = model.swap(inputs.converted(to: precision), to: target)
        add(label, made.converted(to: .float32))
      }
    }
  }

  /// The sheet: three rows of each side.
  func sheet(title: String) -> ContactSheet {
    ContactSheet(title: title, rows: rows)
  }

  private mutating func add(_ label: String, _ faces: Tensor) {
    rows.append(ContactSheet.Row(label, faces.pictures))
  }
}

extension Tensor {
  /// The pictures of a batch `[N, H, W, 3]`, 0…1.
  var pictures: [Image] {
    let (values, height, width) = (values, shape[1], shape[2])
    let size = height * width * 3
    return (0..<shape[0]).map { index in
      let pixels = values[index * size..<(index + 1) * size].map {
        UInt8((min(max($0, 0), 1) * 255).rounded())
      }
      return Image(width: width, height: height, pixels: pixels)
    }
  }
}
