import Engine
import Faces
import Foundation

/// The common properties of a clip's pictures: light, camera and background.
struct Take {
  private var light = Light()
  private var camera = Camera()
  private let backdrop: Backdrop
  private let drift: [SmoothNoise]

  init(_ source: RandomSource) {
    var r = source.split(0)
    light.azimuth = r.deviate(0.65, limit: 1.2)
    light.elevation = r.number(0.1...0.95)
    light.softness = r.number(0.25...0.95)
    light.warmth = r.number(-0.45...0.6)
    light.contrast = r.number(0.3...0.75)
    light.fillWarmth = r.number(-0.4...0.3)
    light.exposure = r.deviate(0.18, limit: 0.4)
    camera.distance = Float(exp(r.uniform(log(70)...log(220))))
    camera.blur = r.number(0.3...0.9)
    camera.noise = r.number(0.8...3.5)
    camera.vignette = r.number(0...0.3)
    camera.jpegQuality = 84 + Int(r.uniform() * 12)
    backdrop = Backdrop(randomness: source.split(1))
    drift = (0..<4).map { SmoothNoise(source.split(2 + $0), rate: 0.25) }
  }

  /// The light at `time` seconds of the clip, varied by clouds and motion.
  func light(at time: Double) -> Light {
    var light = light
    light.azimuth += 0.12 * drift[0](time)
    light.elevation += 0.06 * drift[1](time)
    light.exposure += 0.1 * drift[2](time)
    light.contrast += 0.05 * drift[3](time)
    return light
  }

  /// The camera of one picture.
  ///
  /// - Parameters:
  ///   - aim: the offset of the head from the center, as in separately cropped faces; nil for a fixed
  ///     camera.
  ///   - sensor: its sensor's pattern.
  func camera(_ randomness: RandomSource, aim: Float?, _ sensor: Sensor?) -> Camera {
    var r = randomness
    var camera = camera
    camera.sensor = sensor
    camera.grain = r.next()
    guard let aim else { return camera }
    camera.zoom = 1 + r.deviate(Double(aim), limit: Double(2 * aim))
    camera.shiftX = r.deviate(Double(aim) / 3, limit: Double(aim))
    camera.shiftY = r.deviate(Double(aim) / 3, limit: Double(aim))
    return camera
  }

  /// A scene of this clip.
  func scene(
    _ identity: Identity, _ expression: FacialExpression, _ pose: Pose, at time: Double,
    camera: Camera
  ) -> Scene {
    var scene = Scene()
    scene.identity = identity
    scene.expression = expression
    scene.pose = pose
    scene.light = light(at: time)
    scene.camera = camera
    scene.backdrop = backdrop
    return scene
  }
}

extension Backdrop {
  /// A random background.
  init(randomness: RandomSource) {
    self.init()
    var r = randomness
    kind = r.choice(Kind.allCases.map { ($0, 1) })
    let gray = r.number(0.05...0.5)
    func tint() -> SIMD3<Float> {
      SIMD3(r.number(0.78...1.2), r.number(0.85...1.15), r.number(0.78...1.2))
    }
    color = (gray * tint()).clamped(lowerBound: .zero, upperBound: .one)
    secondColor = (gray * r.number(0.3...1.6) * tint()).clamped(
      lowerBound: .zero, upperBound: .one)
    grain = r.next()
  }
}
