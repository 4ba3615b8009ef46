import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Synthesis

@Suite struct SensorPatternTests {
  @Test func theSensitivityHasTheDeviationThatWasAskedFor() {
    let pattern = SensorPattern(Sensor(of: 4, pattern: 0.015), side: 128)
    // Half of the sites are green, and are not interpolated.
    let greens = (0..<128 * 64).map { at in
      let y = at / 64
      return Double(pattern.sensitivity(x: 2 * (at % 64) + (y & 1 ^ 1), y: y).y) - 1
    }
    let deviation = (greens.reduce(0) { $0 + $1 * $1 } / Double(greens.count)).squareRoot()
    #expect((0.0147...0.0156).contains(deviation), "\(deviation)")
  }

  @Test func camerasDiffer() {
    let sensors = (0..<40).map { Sensor(of: $0, pattern: nil) }
    #expect(sensors.allSatisfy { Sensor.patterns.contains(Double($0.pattern)) })
    #expect(sensors.allSatisfy { $0.lines <= 0.2 * $0.pattern })
    #expect((10...30).contains(sensors.count { $0.lines > 0 }))
    #expect(Sensor(of: 7, pattern: nil) == sensors[7])
  }

  @Test func aSmallerPictureIsAPartOfTheSensor() {
    let sensor = Sensor(of: 11, pattern: nil)
    let (large, small) = (SensorPattern(sensor, side: 64), SensorPattern(sensor, side: 32))
    for y in 0..<32 {
      for x in 0..<32 {
        #expect(small.sensitivity(x: x, y: y) == large.sensitivity(x: x + 16, y: y + 16))
      }
    }
  }

  @Test func flatFieldsShowThePatternOfTheirCameraAlone() {
    let side = 128
    let gray = [SIMD3<Float>](repeating: SIMD3(repeating: 0.2), count: side * side)
    var camera = Camera()
    (camera.vignette, camera.blur) = (0, 0)
    camera.sensor = Sensor(of: 3, pattern: 0.01)
    var mean = [Double](repeating: 0, count: side * side)
    for number in 0..<30 {
      camera.grain = UInt64(number)
      let picture = Film(camera, exposure: 0).developed(gray, side: side, isClean: false)
      for index in mean.indices { mean[index] += Double(picture.pixels[3 * index + 1]) }
    }
    #expect(correlation(mean, pattern(3, side)) > 0.5)
    for other: UInt64 in 4..<10 { #expect(abs(correlation(mean, pattern(other, side))) < 0.03) }
    let clean = Film(camera, exposure: 0).developed(gray, side: side, isClean: true)
    #expect(Set(clean.pixels).count == 1)
  }

  @Test func theRightCameraOfTenIsFound() {
    let side = 256
    let patterns = (0..<10).map { pattern(UInt64($0), side) }
    let found = ThreadPool.map(50) { number -> Bool in
      var scene = SceneSource(
        seed: 6, person: number, kind: .portraits, poses: .limit
      ).scene(number)
      scene.camera.sensor = Sensor(of: UInt64(number % 10), pattern: nil)
      let light = scene.backdrop.drawn(side: side)
      let picture = Film(scene.camera, exposure: 0).developed(light, side: side, isClean: false)
      let (rest, level) = SensorPatternTests.residual(picture)
      // Patterns have the same deviation but for a factor, which their own length cancels.
      let lit = zip(rest, level).map { $0 * $1 }
      let likeness = patterns.map { pattern in
        var (product, square) = (0.0, 0.0)
        for at in lit.indices {
          product += lit[at] * pattern[at]
          square += pattern[at] * pattern[at]
        }
        return product / square.squareRoot()
      }
      return likeness.indices.max { likeness[$0] < likeness[$1] } == number % 10
    }
    #expect(found.allSatisfy { $0 }, "\(found.count { $0 }) of 50")
  }

  @Test func aForgedFaceLacksThePattern() {
    let side = 128
    var signals = SignalSettings()
    (signals.camera, signals.sensorPattern) = (5, 0.02)
    let pattern = pattern(5, side)
    func likeness(_ fault: SplicedClip.Fault) -> (face: Double, around: Double) {
      let clip = SplicedClip(
        fault, seed: 3, side: side, poses: PoseRange(degrees: 2, 2, 2), signals: signals)
      // The mean of some frames.
      let parts = ThreadPool.map(12) { number -> ([Double], [Double], [UInt8]) in
        let (picture, landmarks) = clip.forged(number)
        let (rest, level) = SensorPatternTests.residual(picture)
        return (rest, level, LandmarkMask()(landmarks: landmarks, width: side, height: side))
      }
      func likeness(_ wanted: (UInt8) -> Bool) -> Double {
        let places = pattern.indices.filter { place in parts.allSatisfy { wanted($0.2[place]) } }
        func sum(_ values: KeyPath<([Double], [Double], [UInt8]), [Double]>) -> [Double] {
          places.map { place in parts.reduce(0) { $0 + $1[keyPath: values][place] } }
        }
        return correlation(sum(\.0), zip(places, sum(\.1)).map { pattern[$0] * $1 })
      }
      return (likeness { $0 > 250 }, likeness { $0 == 0 })
    }
    for fault in [SplicedClip.Fault.noPattern, .otherPattern] {
      let (face, around) = likeness(fault)
      #expect(around > 0.1 && abs(face) < 0.3 * around, "\(fault): \(face), \(around)")
    }
    let (face, around) = likeness(.noPulse)
    #expect(face > 0.1 && around > 0.1, "\(face), \(around)")
  }

  /// The green sensitivity of a camera's pixels, with a mean of 0.
  private func pattern(_ camera: UInt64, _ side: Int) -> [Double] {
    let pattern = SensorPattern(Sensor(of: camera, pattern: nil), side: side)
    return (0..<side * side).map {
      Double(pattern.sensitivity(x: $0 % side, y: $0 / side).y) - 1
    }
  }

  /// What a mean over four neighbors leaves of green, and that mean.
  static func residual(_ picture: Image) -> (rest: [Double], level: [Double]) {
    let side = picture.width
    let green = (0..<side * side).map { Double(picture.pixels[3 * $0 + 1]) }
    var rest = [Double](repeating: 0, count: side * side)
    var level = rest
    for y in 1..<side - 1 {
      for at in y * side + 1..<(y + 1) * side - 1 {
        let mean = (green[at - 1] + green[at + 1] + green[at - side] + green[at + side]) / 4
        // Edges are no noise.
        rest[at] = abs(green[at] - mean) < 12 ? green[at] - mean : 0
        level[at] = mean
      }
    }
    return (rest, level)
  }

  private func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
    var (ab, aa, bb) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      ab += (x - meanA) * (y - meanB)
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
    }
    return ab / max((aa * bb).squareRoot(), 1e-12)
  }
}
