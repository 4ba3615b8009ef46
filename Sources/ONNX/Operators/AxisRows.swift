/// A value seen as rows along some of its axes: `[rows, length]`.
struct AxisRows {
  /// The kept dimensions, in order, and those along which the rows run.
  let kept, along: [Int]
  /// The number of rows, and the elements of each.
  let count, length: Int

  private let value: Value

  /// Rows along `axes`, which are valid and different.
  init(_ value: Value, along axes: [Int]) {
    self.value = value
    along = axes.sorted()
    kept = value.shape.indices.filter { !axes.contains($0) }
    count = kept.reduce(1) { $0 * value.shape[$1] }
    length = axes.reduce(1) { $0 * value.shape[$1] }
  }

  private var order: [Int] { kept + along }

  /// The elements row by row, as real numbers.
  var doubles: [Double] {
    guard order != Array(value.shape.indices) else { return value.doubles }
    let strides = rowMajorStrides(value.shape)
    let shape = order.map { value.shape[$0] }
    return Value(
      value.type, shape, value.elements.walked(shape, strides: order.map { strides[$0] })
    ).doubles
  }

  /// A value of one element for each row.
  func shape(keepingAxes: Bool) -> [Int] {
    keepingAxes
      ? value.shape.indices.map { along.contains($0) ? 1 : value.shape[$0] }
      : kept.map { value.shape[$0] }
  }

  /// A value of the original shape from rows.
  func restored(_ rows: [Double], type: ElementType) -> Value {
    let moved = order.map { value.shape[$0] }
    let turned = Value(type, moved, doubles: rows)
    guard order != Array(moved.indices) else { return turned }
    let strides = rowMajorStrides(moved)
    let shape = value.shape
    let places = shape.indices.map { axis in strides[order.firstIndex(of: axis) ?? 0] }
    return Value(type, shape, turned.elements.walked(shape, strides: places))
  }
}
