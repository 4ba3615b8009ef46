import Engine

/// The forged positions in the faces of a batch, as far as they are known.
///
/// They are known for real faces and fakes that are twins: the positions of the fake that differ
/// from the twin.
struct MaskTarget {
  /// The minimum mean difference of a forged position: about one level of 255.
  static let least: Float = 0.02

  /// 1 for forged, `[N, rows, rows, 1]`.
  let targets: Tensor
  /// 1 for known positions, otherwise 0.
  let weights: Tensor

  /// - Parameter rows: the number of positions along a side.
  /// - Returns: nil if nothing is known.
  init?(of batch: DetectorBatch, rows: Int) {
    let (count, side) = (batch.input.shape[0], batch.input.shape[1])
    guard batch.hasTwins else { return nil }
    let shape = [count, rows, rows, 1]
    weights = Tensor(
      shape: shape,
      values: (0..<count).flatMap { index -> [Float] in
        let isKnown = batch.twins[index] != nil || batch.isTwin[index]
        return [Float](repeating: isKnown ? 1 : 0, count: rows * rows)
      })
    let pictures = batch.pictures
    targets = Tensor.stacked(count, part: [rows, rows, 1]) { index, places in
      for place in places.indices { places[place] = 0 }
      guard let twin = batch.twins[index] else { return }
      pictures.read { values in
        for place in places.indices {
          let (row, column) = (place / rows, place % rows)
          let lines = row * side / rows..<(row + 1) * side / rows
          let columns = column * side / rows * 3..<(column + 1) * side / rows * 3
          var change: Float = 0
          for line in lines {
            let (own, other) = ((index * side + line) * side * 3, (twin * side + line) * side * 3)
            for number in columns { change += abs(values[own + number] - values[other + number]) }
          }
          let isForged = change > MaskTarget.least * Float(lines.count * columns.count)
          places[place] = isForged ? 1 : 0
        }
      }
    }
  }
}
