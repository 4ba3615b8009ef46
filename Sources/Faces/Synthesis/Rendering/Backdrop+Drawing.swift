extension Backdrop {
  func drawn(side: Int) -> [SIMD3<Float>] {
    [SIMD3<Float>](repeating: colour, count: side * side)
  }
}
