import Faces
import Foundation

/// The eyes' own surfaces.
enum EyeBall {
  /// The front of the ball; its chart is the way from where it looks to, in centimeters.
  static func mesh(of eye: EyeForm, _ form: HeadForm) -> Mesh {
    let rings = 18
    let spokes = 32
    let yaw = form.expression.gazeYaw
    let pitch = form.expression.gazePitch
    let ahead = SIMD3(sin(yaw) * cos(pitch), sin(pitch), cos(yaw) * cos(pitch))
    let right = SIMD3(cos(yaw), 0, -sin(yaw))
    let up = SIMD3(-sin(yaw) * sin(pitch), cos(pitch), -cos(yaw) * sin(pitch))
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    for ring in 0...rings {
      let angle = Float(ring) / Float(rings) * 1.9
      for spoke in 0..<spokes {
        let round = Float(spoke) / Float(spokes) * 2 * .pi
        let flat = SIMD2(cos(round), sin(round))
        // The cornea stands out over the iris.
        let bulge = 0.06 * bump(angle, 0.62)
        let out = sin(angle) * (right * flat.x + up * flat.y) + cos(angle) * ahead
        positions.append(eye.middle + out * (EyeForm.radius + bulge))
        charts.append(flat * angle * EyeForm.radius)
      }
    }
    var triangles: [SIMD3<Int32>] = []
    for ring in 0..<rings {
      for spoke in 0..<spokes {
        let next = (spoke + 1) % spokes
        let a = Int32(ring * spokes + spoke)
        let b = Int32(ring * spokes + next)
        let w = Int32(spokes)
        triangles += [SIMD3(a, a + w, b + w), SIMD3(a, b + w, b)]
      }
    }
    return Mesh(
      positions: positions, charts: charts, triangles: triangles,
      material: EyeMaterial(form.identity, form.expression, eye))
  }

  /// What is seen between the lids beside the ball: the moist skin of the corners.
  static func corners(of eye: EyeForm, _ form: HeadForm) -> Mesh {
    let steps = SkinGrid.columns.filter {
      $0 * eye.side >= FaceChart.eyeInner && $0 * eye.side <= FaceChart.eyeOuter
    }
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    for s in steps {
      for (edge, t) in [(Float(-1), -FaceChart.eyeSlit), (0, 0), (1, FaceChart.eyeSlit)] {
        var point =
          edge == 0
          ? (form(s, FaceChart.eyeSlit) + form(s, -FaceChart.eyeSlit)) / 2 : form(s, t)
        point.z -= edge == 0 ? 0.22 : 0.03
        positions.append(point)
        charts.append(SIMD2(s, edge))
      }
    }
    var triangles: [SIMD3<Int32>] = []
    for step in 0..<Int32(steps.count - 1) {
      for row in 0..<Int32(2) {
        let a = step * 3 + row
        triangles += [SIMD3(a, a + 3, a + 4), SIMD3(a, a + 4, a + 1)]
      }
    }
    return Mesh(
      positions: positions, charts: charts, triangles: triangles,
      material: EyeCornerMaterial(form.identity))
  }
}
