import Faces
import Foundation
import Testing

@testable import Synthesis

@Suite struct ShaderTests {
  /// A light straight from the camera, all key, small.
  private var lamp: Light {
    var light = Light()
    (light.azimuth, light.elevation, light.softness) = (0, 0, 0)
    (light.contrast, light.warmth, light.fillWarmth) = (1, 0, 0)
    return light
  }

  private func lighting(_ light: Light) -> Lighting {
    Lighting(light, backdrop: Backdrop(), melanin: 0.3)
  }

  /// What a point in the middle of a plate sends to the camera.
  private func color(_ plate: Mesh, _ light: Light) -> SIMD3<Float> {
    let point = SurfacePoint(Figure([plate]), 0, SIMD2(0.5, 0.25))
    return Shader(eye: SIMD3(0, 0, 120), lighting: lighting(light)).color(
      point, shadow: Occlusion.Value(), pixel: 0.05)
  }

  private func plate(_ albedo: Float) -> Mesh {
    .plate(
      from: SIMD2(-5, -5), to: SIMD2(5, 5), z: 0,
      material: Paint(albedo: SIMD3(repeating: albedo)))
  }

  @Test func aWhitePlateThatFacesTheLightSendsBackWhatArrives() {
    let light = lighting(lamp)
    let arriving = light.key + light.surroundings(SIMD3(0, 0, 1))
    let leaving = color(plate(1), lamp)
    #expect(length(leaving - arriving) < 0.02 * length(arriving))
  }

  @Test func halfTheAlbedoIsHalfTheLight() {
    let (full, half) = (color(plate(0.8), lamp), color(plate(0.4), lamp))
    // Neighbors' light depends on the albedo too, but an open plate has none.
    #expect(length(full - half * 2) < 0.01)
  }

  @Test func lambertsCosineHoldsForASmallLight() {
    let turned = lighting(lamp)
    for angle: Float in [0.2, 0.6, 1.0, 1.4] {
      #expect(abs(Lighting.share(cos(angle), width: turned.size) - cos(angle)) < 1e-6)
    }
    #expect(Lighting.share(-0.5, width: turned.size) == 0)
  }

  @Test func theSettingOfAWideLightIsContinuous() {
    for width: Float in [0.1, 0.5, 0.9] {
      #expect(abs(Lighting.share(width - 1e-5, width: width) - width) < 1e-3)
      #expect(Lighting.share(-width + 1e-5, width: width) < 1e-3)
    }
  }

  @Test func shadowTakesTheKeyLightAndLeavesTheRest() {
    let point = SurfacePoint(Figure([plate(1)]), 0, SIMD2(0.5, 0.25))
    let light = lighting(lamp)
    let dark = Shader(eye: SIMD3(0, 0, 120), lighting: light).color(
      point, shadow: Occlusion.Value(key: 0, openness: 1, depth: 5), pixel: 0.05)
    #expect(length(dark - light.surroundings(SIMD3(0, 0, 1))) < 0.02)
  }

  @Test func exposureFollowsTheLight() {
    // However the light stands, a gray face comes out about as bright.
    for azimuth: Float in [0, 0.5, 1] {
      for contrast: Float in [0, 0.5, 1] {
        var light = Light()
        (light.azimuth, light.contrast) = (azimuth, contrast)
        let arriving = dot(color(plate(1), light), Lighting.luminance)
        #expect((0.7...1.3).contains(arriving), "\(azimuth), \(contrast): \(arriving)")
      }
    }
  }

  @Test func aPlateShadesThePlateBehindIt() {
    let wall = Mesh.plate(from: SIMD2(-15, -15), to: SIMD2(15, 15), z: -6)
    let screen = Mesh.plate(from: SIMD2(-4, -4), to: SIMD2(4, 4), z: 0)
    let map = ShadowMap(
      Figure([wall, screen]), towards: SIMD3(0, 0, 1), middle: SIMD3(0, 0, -3), size: 0.02)
    func lit(_ x: Float, _ z: Float) -> Float {
      map.light(at: SIMD3(x, 0, z), normal: SIMD3(0, 0, 1), turn: SIMD2(1, 0)).share
    }
    #expect(lit(0, -6) == 0)
    #expect(lit(8, -6) == 1)
    #expect(lit(0, 0) == 1)
    #expect(map.light(at: SIMD3(0, 0, -6), normal: SIMD3(0, 0, 1), turn: SIMD2(1, 0)).depth == 6)
  }

  @Test func aSofterLightHasAWiderHalfShadow() {
    let wall = Mesh.plate(from: SIMD2(-15, -15), to: SIMD2(15, 15), z: -6)
    let screen = Mesh.plate(from: SIMD2(-4, -4), to: SIMD2(4, 4), z: 0)
    func halfShadow(_ size: Float) -> Int {
      let map = ShadowMap(
        Figure([wall, screen]), towards: SIMD3(0, 0, 1), middle: SIMD3(0, 0, -3), size: size)
      return (0..<100).count { k in
        let place = SIMD3(Float(k) * 0.1, 0, -6)
        let share = map.light(at: place, normal: SIMD3(0, 0, 1), turn: SIMD2(1, 0)).share
        return share > 0 && share < 1
      }
    }
    #expect(halfShadow(0.3) > 2 * halfShadow(0.03))
  }
}
