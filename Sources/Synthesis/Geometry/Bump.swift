/// A smooth bump of height 1 that ends at an ellipse.
///
/// - Parameters:
///   - x: the distance from its center, along one direction.
///   - width: its radius in that direction.
@inline(__always)
func bump(_ x: Float, _ width: Float, _ y: Float, _ height: Float) -> Float {
  let (x, y) = (x / width, y / height)
  let rest = max(1 - x * x - y * y, 0)
  return rest * rest
}

/// A smooth ridge of height 1.
@inline(__always)
func bump(_ x: Float, _ width: Float) -> Float {
  let x = x / width
  let rest = max(1 - x * x, 0)
  return rest * rest
}

/// A smooth step: 0 up to `start`, 1 from `end` on; `start` may exceed `end`.
@inline(__always)
func ramp(_ x: Float, _ start: Float, _ end: Float) -> Float {
  let x = min(max((x - start) / (end - start), 0), 1)
  return x * x * (3 - 2 * x)
}

/// Linear interpolation: `a` at 0, `b` at 1.
@inline(__always)
func mix(_ a: Float, _ b: Float, _ x: Float) -> Float { a + (b - a) * x }
