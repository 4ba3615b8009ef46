/// What light leaves a surface towards the camera.
struct Shader {
  let figure: Figure
  let view: View
  let lighting: Lighting

  /// Linear RGB.
  func colour(_ point: SurfacePoint) -> SIMD3<Float> {
    let surface = point.material.surface(at: point.chart, detail: 0.05)
    let toEye = normalized(view.eye - point.position)
    let normal = dot(point.normal, toEye) < 0 ? point.normal * -1 : point.normal
    let lit = lighting.key * max(0, dot(normal, lighting.direction))
    return surface.albedo * (lit + lighting.surroundings(normal) * surface.openness)
  }
}
