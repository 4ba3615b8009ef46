import Engine
import Faces
import Generation
import Media

/// Held-out faces, their reconstructions and swaps, and the ground truth if available.
struct SwapPreview {
  private var rows: [ContactSheet.Row] = []

  /// - Parameter count: the maximum number of faces per side.
  init(
    of model: SwapModel, a: SwapFaces, b: SwapFaces, truth: SwapGroundTruth?, precision: Precision,
    direction: SwapDirection = .both, count: Int = 8
  ) {
    for (side, faces) in [(Side.a, a), (Side.b, b)] {
      let known = truth?.direction(from: side).swaps
      let inputs =
        known.map { $0.inputs.sample(count) }
        ?? Crop.faces(of: Array(faces.heldOut.sample(count).prefix(count)), side: model.side)
      let (own, other) = (side.rawValue.uppercased(), side.other.rawValue.uppercased())
      add("\(own): face", inputs)
      let crops = inputs.converted(to: precision)
      add("\(own): reconstruction", model.swap(crops, to: side).converted(to: .float32))
      guard direction.swaps(side) else { continue }
      let made = model.swapped(crops, to: side.other)
      add("\(own) to \(other)", made.faces.converted(to: .float32))
      if let masks = made.masks?.converted(to: .float32) {
        add("\(own) to \(other): mask", Tensor.besides([masks, masks, masks]))
      }
      if let known { add("\(own) to \(other): ground truth", known.truths.sample(count)) }
    }
  }

  /// The sheet: three rows per identity, more with a learned mask or ground truth.
  func sheet(title: String) -> ContactSheet {
    let widest = rows.flatMap(\.images).compactMap { $0?.width }.max() ?? 0
    return ContactSheet(title: title, rows: rows, cellSize: max(widest, 96))
  }

  private mutating func add(_ label: String, _ faces: Tensor) {
    rows.append(ContactSheet.Row(label, faces.pictures))
  }
}

extension Tensor {
  /// At most `count` pictures of the batch, evenly spread.
  func sample(_ count: Int) -> Tensor {
    let chosen = Array(0..<shape[0]).sample(count).prefix(count)
    return Tensor.joined(chosen.map { samples($0..<$0 + 1) })
  }

  /// The pictures of a batch `[N, H, W, 3]`, 0…1.
  var pictures: [Image] {
    (0..<shape[0]).map { Crop.image(of: self, at: $0) }
  }
}
