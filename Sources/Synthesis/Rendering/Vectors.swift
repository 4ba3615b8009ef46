/// The scalar product.
@inline(__always)
func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
  let product = a * b
  return product.x + product.y + product.z
}

/// The vector product (right-handed).
@inline(__always)
func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

@inline(__always)
func length(_ a: SIMD3<Float>) -> Float { dot(a, a).squareRoot() }

/// The normalized vector; zero stays zero.
@inline(__always)
func normalized(_ a: SIMD3<Float>) -> SIMD3<Float> {
  let square = dot(a, a)
  return square > 0 ? a / square.squareRoot() : a
}

/// Linear interpolation: `a` at 0, `b` at 1.
@inline(__always)
func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ share: Float) -> SIMD3<Float> {
  a + (b - a) * share
}

@inline(__always)
func clamped(_ x: Float, _ low: Float = 0, _ high: Float = 1) -> Float { min(max(x, low), high) }
