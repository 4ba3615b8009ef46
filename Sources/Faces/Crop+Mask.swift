public import Engine
import Media

extension Crop {
  /// Masks at the resolution of a model, `[N, side, side, 1]` in 0…1.
  ///
  /// Area-averaged and rounded to 8 bits, like the faces.
  ///
  /// - Parameter masks: masks of 256×256 pictures, 0…255, row by row.
  public static func masks(_ masks: [[UInt8]], side: Int = side) -> Tensor {
    let triples = faces(
      of: masks.map { mask in
        Image(
          width: pictureSide, height: pictureSide,
          pixels: [UInt8](mask.lazy.flatMap { repeatElement($0, count: 3) }))
      }, side: side)
    return triples.read { values in
      Tensor(
        shape: [masks.count, side, side, 1],
        values: stride(from: 0, to: values.count, by: 3).map { values[$0] })
    }
  }
}
