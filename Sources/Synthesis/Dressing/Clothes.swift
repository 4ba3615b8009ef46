import Faces
import Foundation

/// The clothes around the shoulders, and the skin above the neckline.
///
/// They do not move with the head.
struct Clothes {
  private let form: HeadForm
  private let outfit: Outfit

  /// - Parameter form: the face at rest.
  init(_ form: HeadForm) {
    self.form = form
    outfit = Outfit(form.identity)
  }

  func meshes() -> [Mesh] {
    var meshes = [neckBase(), body()]
    if outfit.kind == .shirt || outfit.kind == .jacket { meshes += [collar()] }
    if outfit.kind == .jacket { meshes.append(jacket()) }
    return meshes
  }

  private static let columns = 60

  /// The skin between neck and clothes.
  private func neckBase() -> Mesh {
    let grid = MeshGrid(rows: 6, columns: Clothes.columns + 1) { row, column in
      let turn = Clothes.turn(column)
      let share = Float(5 - row) / 5
      // From inside the neck out and down under the cloth.
      let ring = neckline(turn)
      let middle = SIMD3<Float>(0, ring.y + 2.2, -9.6)
      var place = mix(middle + (ring - middle) * SIMD3(0.62, 0, 0.62), ring, share)
      place.y = mix(place.y, ring.y, share) - 0.5 * share - 0.25
      return (place, SIMD2(sin(turn) * 7, -17))
    }
    return grid.mesh(SkinMaterial(of: form), isTwoSided: true)
  }

  private func body() -> Mesh {
    let material = ClothMaterial(
      outfit: outfit, part: .body, threads: Noise(form.identity.grain, 50))
    let grid = MeshGrid(rows: 14, columns: Clothes.columns + 1) { row, column in
      let turn = Clothes.turn(column)
      let share = Float(13 - row) / 13
      let out = share * share
      var place = torso(turn, out)
      // A hem about the neck.
      place += SIMD3(0, outfit.hem * bump(out - 0.02, 0.06), 0)
      return (place, SIMD2(sin(turn) * 9, out * 16))
    }
    return grid.mesh(material, isTwoSided: true)
  }

  /// A jacket over the shirt, open in front.
  private func jacket() -> Mesh {
    let material = ClothMaterial(
      outfit: outfit, part: .jacket, threads: Noise(form.identity.grain, 51))
    let grid = MeshGrid(rows: 14, columns: 2 * Clothes.columns + 1) { row, column in
      let turn = Float(column) / Float(2 * Clothes.columns) * 2 * .pi - .pi
      let share = Float(13 - row) / 13
      // The opening's edge runs from the nape to the breast.
      let edge = 0.06 + 0.94 * ramp(abs(turn), 1.15, 0.06)
      let out = edge + (1.02 - edge) * share
      var place = torso(turn, out)
      let thick: Float = 0.35 + 0.3 * bump(share, 0.5)
      place += SIMD3(sin(turn) * 0.2, thick, cos(turn) * 0.45) * min(1, 0.2 + share * 6)
      return (place, SIMD2(sin(turn) * 9, (out - edge) * 14))
    }
    return grid.mesh(material, isTwoSided: true)
  }

  /// A collar: up the neck, and turned down over itself.
  private func collar() -> Mesh {
    let material = ClothMaterial(
      outfit: outfit, part: .collar, threads: Noise(form.identity.grain, 52))
    let gap: Float = outfit.hasTie ? 0.13 : 0.22
    let grid = MeshGrid(rows: 7, columns: Clothes.columns + 1) { row, column in
      let turn = mix(gap, 2 * .pi - gap, 1 - Float(column) / Float(Clothes.columns)) - .pi
      let around = turn < 0 ? turn + .pi : turn - .pi
      let open = .pi - abs(turn)
      let ring = neckline(.pi - turn)
      let out = SIMD3<Float>(sin(.pi - turn), 0, cos(.pi - turn))
      let front = ramp(open, 1.2, 0.1)
      let rise: Float = mix(2.5, outfit.hasTie ? 0.8 : 0.1, front)
      // Rows: the leaf's edge, up to the fold, and down inside.
      let profile: [SIMD2<Float>] = [
        SIMD2(1.3, -0.9 - 2.4 * front), SIMD2(1.1, 0.1 - 1.1 * front), SIMD2(0.8, rise * 0.7),
        SIMD2(0.45, rise), SIMD2(0.2, rise * 0.95), SIMD2(0.1, rise * 0.4), SIMD2(0.05, -0.6),
      ]
      let at = profile[row]
      let place =
        ring + out * (at.x + 0.1) + SIMD3(0, at.y + 0.25, 0.5 * front * (1 - Float(row) / 6))
      return (place, SIMD2(around * 7, Float(row)))
    }
    return grid.mesh(material, isTwoSided: true)
  }

  /// Angles around the neck: 0 is in front, a quarter turn to the viewer's right.
  private static func turn(_ column: Int) -> Float {
    Float(column) / Float(columns) * 2 * .pi - .pi
  }

  /// Where the cloth begins.
  private func neckline(_ turn: Float) -> SIMD3<Float> {
    let width = 5.9 * (1 + 0.05 * form.identity.neckWidth) + outfit.wide
    let (x, z) = (sin(turn), cos(turn))
    let height = z > 0 ? -12.9 - (2.9 + outfit.deep) * z * z : -12.9 + 1.2 * z * z
    return SIMD3(x * width, height, -9.7 + z * (z > 0 ? 5.3 : 5.6))
  }

  /// The surface of the shoulders: from the neckline (0) to the arms and the chest (1).
  private func torso(_ turn: Float, _ out: Float) -> SIMD3<Float> {
    let ring = neckline(turn)
    let (x, z) = (sin(turn), cos(turn))
    let fall = out * out * out * out
    let shoulder = -1.7 * (1 - (1 - out) * (1 - out) * (1 - out)) - 1.8 * out - 9 * fall * fall
    let breast = -15 * out
    let facing = z * z
    return SIMD3(
      ring.x + x * 15.5 * out, ring.y + mix(shoulder, breast, facing * facing),
      ring.z + z * (z > 0 ? 6.5 : 4.5) * (1 - (1 - out) * (1 - out)))
  }
}
