import Faces
import Foundation

/// Teeth, tongue, and the dark behind them.
enum MouthInside {
  static func meshes(of form: HeadForm) -> [Mesh] {
    [teeth(isUpper: true, form), teeth(isUpper: false, form), tongue(form), cavity(form)]
  }

  /// One row of teeth, on an arch behind the lips.
  ///
  /// Its chart: centimeters along the arch from the middle, and from the gum (1) to the edge (0).
  private static func teeth(isUpper: Bool, _ form: HeadForm) -> Mesh {
    let line = form.lipLine
    let edge = isUpper ? line.y - 0.12 : line.y - 0.2
    let gum = isUpper ? edge + 1.0 : edge - 0.75
    let front = line.z - (isUpper ? 0.42 : 0.62)
    let half: Float = isUpper ? 2.35 : 2.0
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    let steps = 36
    let levels = 5
    for level in 0...levels {
      let up = Float(level) / Float(levels)
      for step in 0...steps {
        let a = Float(step) / Float(steps) * 2 - 1
        let x = half * sin(a * 1.35) / sin(1.35)
        let along = a * 3.6
        var z = front - 3.4 * (1 - cos(a * 1.35)) / (1 - cos(1.35)) * 0.8
        // Each tooth is a little round, and thinner at its edge.
        let tooth = along / toothWidth(along)
        let round = tooth - tooth.rounded(.down) - 0.5
        z -= 0.16 * round * round * 4 * 0.5 + 0.1 * (1 - up) * (1 - up)
        z -= 0.12 * up * up
        // Their edges are not all alike.
        let jag = isUpper ? 0.05 * bump(abs(along) - 1.2, 0.4) + 0.28 * round * round : 0
        let y = mix(edge + jag, gum, up)
        let point = SIMD3(x, y, z)
        positions.append(isUpper ? point : HeadForm.dropped(point, form.expression))
        charts.append(SIMD2(along, up))
      }
    }
    return Mesh(
      positions: positions, charts: charts,
      triangles: grid(steps + 1, levels + 1, isFlipped: !isUpper),
      material: ToothMaterial(isUpper: isUpper), isTwoSided: true)
  }

  /// Centimeters that a tooth takes up, at a place along the arch.
  static func toothWidth(_ along: Float) -> Float { abs(along) < 0.85 ? 0.85 : 0.72 }

  private static func tongue(_ form: HeadForm) -> Mesh {
    let line = form.lipLine
    return sheet(13, 9, MouthMaterial(part: .tongue)) { u, v in
      let x = (u * 2 - 1) * 1.5
      let z = line.z - 1.5 - v * 4
      let y =
        line.y - 0.62 + 0.45 * sin(v * 2.2) - 0.35 * (u * 2 - 1) * (u * 2 - 1) - 0.4 * (1 - v)
        * (1 - v)
      return HeadForm.dropped(SIMD3(x, y, z), form.expression, share: 0.92)
    }
  }

  /// A dark bag behind the lips, fast to the skin's edges.
  private static func cavity(_ form: HeadForm) -> Mesh {
    let columns = SkinGrid.columns.filter { abs($0) <= FaceChart.mouthCorner }
    let slit = FaceChart.mouthSlit
    let line = FaceChart.mouthLine
    let upper = columns.map { form($0, line + slit) }
    let lower = columns.map { form($0, line - slit) }
    let levels = 8
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    for level in 0...levels {
      let round = Float(level) / Float(levels) * .pi
      let back = sin(round)
      for (index, s) in columns.enumerated() {
        let up = (1 + cos(round)) / 2
        var point = lower[index] + (upper[index] - lower[index]) * up
        let taper = 1 - abs(s) / FaceChart.mouthCorner
        point.z -= back * (0.4 + 4 * taper)
        point.y += (up - 0.5) * 2 * back * 0.9 * taper
        positions.append(point)
        charts.append(SIMD2(s / FaceChart.mouthCorner, back))
      }
    }
    return Mesh(
      positions: positions, charts: charts,
      triangles: grid(columns.count, levels + 1, isFlipped: false),
      material: MouthMaterial(part: .cavity), isTwoSided: true)
  }

  private static func sheet(
    _ width: Int, _ height: Int, _ material: any Material,
    _ place: (Float, Float) -> SIMD3<Float>
  ) -> Mesh {
    var positions: [SIMD3<Float>] = []
    var charts: [SIMD2<Float>] = []
    for row in 0..<height {
      for column in 0..<width {
        let u = Float(column) / Float(width - 1)
        let v = Float(row) / Float(height - 1)
        positions.append(place(u, v))
        charts.append(SIMD2(u, v))
      }
    }
    return Mesh(
      positions: positions, charts: charts, triangles: grid(width, height, isFlipped: false),
      material: material, isTwoSided: true)
  }

  private static func grid(_ width: Int, _ height: Int, isFlipped: Bool) -> [SIMD3<Int32>] {
    var triangles: [SIMD3<Int32>] = []
    for row in 0..<Int32(height - 1) {
      for column in 0..<Int32(width - 1) {
        let a = row * Int32(width) + column
        let b = a + Int32(width)
        triangles +=
          isFlipped
          ? [SIMD3(a, b + 1, a + 1), SIMD3(a, b, b + 1)]
          : [SIMD3(a, a + 1, b + 1), SIMD3(a, b + 1, b)]
      }
    }
    return triangles
  }
}

extension HeadForm {
  /// Where the closed lips of this head would meet in the middle.
  var lipLine: SIMD3<Float> {
    HeadForm(identity, FacialExpression())(0, FaceChart.mouthLine)
  }
}
