import Engine
import Faces
import Testing

@testable import Synthesis

@Suite struct DressingTests {
  private static func identity(_ hair: HairStyle, grain: UInt64 = 5) -> Identity {
    var identity = Identity()
    identity.hair = hair
    identity.grain = grain
    return identity
  }

  private static func dressing(
    _ identity: Identity, _ expression: FacialExpression = FacialExpression()
  ) -> Dressing {
    Dressing(HeadForm(identity, expression))
  }

  private static func isSame(_ a: [Mesh], _ b: [Mesh]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy {
        $0.positions == $1.positions && $0.charts == $1.charts && $0.triangles == $1.triangles
      }
  }

  @Test(arguments: HairStyle.allCases)
  func thePersonAloneSaysHowItIsDressed(hair: HairStyle) {
    let identity = Self.identity(hair)
    #expect(Self.isSame(Self.dressing(identity).head, Self.dressing(identity).head))
    guard hair != .bald, hair != .cropped else { return }
    let other = Self.dressing(Self.identity(hair, grain: 6))
    #expect(!Self.isSame(Self.dressing(identity).head, other.head))
  }

  @Test(arguments: HairStyle.allCases, BeardStyle.allCases)
  func everyStyleIsWhole(hair: HairStyle, beard: BeardStyle) {
    for (number, glasses) in GlassesStyle.allCases.enumerated() {
      var identity = Identity(randomness: RandomSource(seed: UInt64(number)).split(3))
      (identity.hair, identity.beard, identity.glasses) = (hair, beard, glasses)
      let dressing = Self.dressing(identity)
      for mesh in dressing.head + dressing.body {
        let count = Int32(mesh.positions.count)
        #expect(mesh.charts.count == mesh.positions.count)
        #expect(mesh.triangles.allSatisfy { $0.min() >= 0 && $0.max() < count })
        #expect(mesh.positions.allSatisfy { abs($0.x) < 40 && abs($0.y) < 60 && abs($0.z) < 40 })
        let albedos = mesh.charts.map { mesh.material.surface(at: $0, detail: 0.1).albedo }
        #expect(albedos.allSatisfy { $0.min() >= 0 && $0.max() <= 1.2 })
      }
    }
  }

  @Test(arguments: HairStyle.allCases)
  func noHeadHasTooMuchToDraw(hair: HairStyle) {
    for number in 0..<5 {
      var identity = Identity(randomness: RandomSource(seed: 8).split(number))
      (identity.hair, identity.beard, identity.glasses) = (hair, .full, .round)
      let dressing = Self.dressing(identity)
      let count = (dressing.head + dressing.body).reduce(0) { $0 + $1.positions.count }
      #expect(count < 24_000)
    }
  }

  @Test(arguments: HairStyle.allCases.filter { $0 != .bald })
  func hairCoversTheCrownAndLeavesTheFaceFree(hair: HairStyle) {
    for number in 0..<8 {
      let identity = Self.identity(hair, grain: UInt64(number))
      let form = HeadForm(identity, FacialExpression())
      let meshes = Hairdo(identity, scalp: Scalp(form)).meshes()
      var crown = Set<SIMD2<Int>>()
      for place in meshes.flatMap(Self.coveredPlaces) {
        let (x, y) = (abs(place.x), place.y)
        let isFace = place.z > -2 && y < 0.8 && y > -8.5 && x < 4.6
        #expect(!isFace, "hair before the face at \(place)")
        if y > 9 {
          let (column, row) = ((place.x / 1.5).rounded(), ((place.z + 8.8) / 1.5).rounded())
          crown.insert(SIMD2(Int(column), Int(row)))
        }
      }
      for x in -2...2 {
        for z in -2...2 { #expect(crown.contains(SIMD2(x, z)), "a bare crown at \(x), \(z)") }
      }
    }
  }

  /// Places all over a mesh, without its holes.
  private static func coveredPlaces(_ mesh: Mesh) -> [SIMD3<Float>] {
    let shares: [SIMD3<Float>] = [
      SIMD3(0.34, 0.33, 0.33), SIMD3(0.8, 0.1, 0.1), SIMD3(0.1, 0.8, 0.1), SIMD3(0.1, 0.1, 0.8),
    ]
    return mesh.triangles.flatMap { corners -> [SIMD3<Float>] in
      let (a, b, c) = (Int(corners.x), Int(corners.y), Int(corners.z))
      return shares.compactMap { share -> SIMD3<Float>? in
        let chart =
          mesh.charts[a] * share.x + mesh.charts[b] * share.y + mesh.charts[c] * share.z
        guard mesh.material.covers(chart) else { return nil }
        return mesh.positions[a] * share.x + mesh.positions[b] * share.y
          + mesh.positions[c] * share.z
      }
    }
  }

  @Test func browsGoWithTheSkin() {
    var raised = FacialExpression()
    raised.browInnerRaise = 1
    let identity = Identity()
    func height(_ expression: FacialExpression) -> Float {
      let meshes = Brow(form: HeadForm(identity, expression), side: 1).meshes()
      let inner = meshes[0].positions.filter { $0.x < 2 }
      return inner.map(\.y).reduce(0, +) / Float(inner.count)
    }
    #expect(height(raised) > height(FacialExpression()) + 0.2)
  }

  @Test func clothesAndGlassesKeepStillWhileTheFaceMoves() {
    var identity = Identity()
    identity.glasses = .thick
    var open = FacialExpression()
    (open.jawOpen, open.smileLeft, open.browLower) = (1, 1, 1)
    let (still, moved) = (Self.dressing(identity), Self.dressing(identity, open))
    #expect(Self.isSame(still.body, moved.body))
    #expect(Self.isSame(still.head.suffix(5), moved.head.suffix(5)))
    #expect(!Self.isSame(still.head, moved.head))
  }

  @Test(arguments: [BeardStyle.stubble, .moustache, .goatee, .full])
  func beardsLeaveTheLipsFree(beard: BeardStyle) {
    let material = BeardMaterial(
      style: beard, density: 1, height: 0, color: HairColor(Identity()), strands: Noise(1))
    for s in [Float(-1.5), -0.5, 0, 0.7, 1.5] {
      #expect(!material.covers(SIMD2(s, FaceChart.mouthLine + 0.3)))
      #expect(!material.covers(SIMD2(s, FaceChart.mouthLine - 0.5)))
    }
    // Strands have gaps: somewhere above the lip, not everywhere.
    let above = (0..<200).map { SIMD2(Float($0) * 0.015 - 1.5, Float(-5)) }
    #expect(above.contains { material.covers($0) })
  }

  @Test func darkHairIsDarkAndGrayHairIsPale() {
    func mean(_ melanin: Float, gray: Float) -> Float {
      var identity = Identity()
      (identity.hairMelanin, identity.hairGray) = (melanin, gray)
      let color = HairColor(identity)
      return (0..<50).reduce(0) { $0 + color.of(strand: Float($1) / 50, lightness: 1).sum() } / 150
    }
    #expect(mean(0.95, gray: 0) < 0.03)
    #expect(mean(0.05, gray: 0) > 0.25)
    #expect(mean(0.95, gray: 1) > 0.3)
  }
}
