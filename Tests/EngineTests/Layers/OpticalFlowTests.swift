import Foundation
import TestSupport
import Testing

@testable import Engine

/// A texture, and the same after a rotation and scaling about its center and a shift.
private struct MovingTexture: Decodable {
  let height, width: Int
  /// The turn, the scale, and the shift to the right and down.
  let motion: [Double]
  /// Some of the values of OpenCV's flow, as `Golden/flow.py` writes them.
  let flow: [Float]

  /// A texture of sines, 0…1.
  private static func value(_ x: Double, _ y: Double) -> Double {
    var sum = 127.0
    for (u, v, phase, height) in [
      (0.31, 0.17, 0.0, 60.0), (-0.07, 0.23, 1, 40), (0.52, -0.41, 2, 20), (0.03, 0.05, 0.5, 5),
    ] { sum += height * sin(u * x + v * y + phase) }
    return sum / 255
  }

  /// Where a pixel of the second picture was in the first, relative to the center.
  private func before(_ x: Double, _ y: Double) -> (Double, Double) {
    let (x, y) = (x - motion[2], y - motion[3])
    let (c, s) = (cos(motion[0]) / motion[1], sin(motion[0]) / motion[1])
    return (c * x + s * y, -s * x + c * y)
  }

  /// Both pictures as a clip, `[1, 2, height, width, 3]`.
  var clip: Tensor {
    let (cx, cy) = (Double(width - 1) / 2, Double(height - 1) / 2)
    var values: [Float] = []
    for frame in 0..<2 {
      for row in 0..<height {
        for column in 0..<width {
          let (x, y) = (Double(column) - cx, Double(row) - cy)
          let (oldX, oldY) = frame == 0 ? (x, y) : before(x, y)
          values += [Float](repeating: Float(MovingTexture.value(oldX + cx, oldY + cy)), count: 3)
        }
      }
    }
    return Tensor(shape: [1, 2, height, width, 3], values: values)
  }

  /// The true displacement of a pixel of the first picture.
  func truth(_ column: Int, _ row: Int) -> (x: Double, y: Double) {
    let x = Double(column) - Double(width - 1) / 2
    let y = Double(row) - Double(height - 1) / 2
    let (c, s) = (cos(motion[0]) * motion[1], sin(motion[0]) * motion[1])
    return (c * x - s * y + motion[2] - x, s * x + c * y + motion[3] - y)
  }

  static let all: [MovingTexture] = {
    let url = Bundle.module.url(forResource: "Golden/flow", withExtension: "json")
    let data = url.flatMap { try? Data(contentsOf: $0) } ?? Data()
    return (try? JSONDecoder().decode([MovingTexture].self, from: data)) ?? []
  }()
}

@Suite struct OpticalFlowTests {
  @Test func displacementsAreThoseOfOpenCV() throws {
    try #require(MovingTexture.all.count == 4)
    for texture in MovingTexture.all {
      let field = OpticalFlow()(texture.clip).values
      let step = field.count / 48 | 1
      for (index, expected) in texture.flow.enumerated() {
        let found = field[index * step]
        #expect(abs(found - expected) < 2e-3, "\(texture.motion): \(found), not \(expected)")
      }
    }
  }

  /// The mean error in the inner half of the pictures, in pixels.
  @Test func displacementsAreTheTrueOnes() {
    for texture in MovingTexture.all {
      let field = OpticalFlow()(texture.clip).values
      var (error, count) = (0.0, 0.0)
      for row in texture.height / 4..<texture.height * 3 / 4 {
        for column in texture.width / 4..<texture.width * 3 / 4 {
          let at = (row * texture.width + column) * 2
          let truth = texture.truth(column, row)
          error += hypot(Double(field[at]) - truth.x, Double(field[at + 1]) - truth.y)
          count += 1
        }
      }
      #expect(error / count < 0.1, "\(texture.motion): \(error / count) pixels")
    }
  }

  @Test func aStillSceneDoesNotMove() {
    let texture = MovingTexture(height: 64, width: 80, motion: [0, 1, 0, 0], flow: [])
    let field = OpticalFlow()(texture.clip)
    #expect(field.shape == [1, 1, 64, 80, 2])
    // As in OpenCV, edges that the window reaches move a little.
    let sum = field.values.reduce(0) { $0 + abs($1) }
    #expect(sum / Float(field.count) < 0.002)
  }

  @Test func eachClipHasItsOwnFlowOnAnyNumberOfThreads() {
    let clips = Tensor.random([3, 4, 40, 36, 3], in: 0...1, seed: 2)
    let together = ThreadPool.with(threads: 3) { OpticalFlow()(clips) }
    let alone = ThreadPool.with(threads: 1) {
      (0..<3).map { OpticalFlow()(clips.samples($0..<$0 + 1)) }
    }
    #expect(together == Tensor.joined(alone))
    let half = OpticalFlow()(clips.converted(to: .bfloat16))
    #expect(half.precision == .bfloat16 && half.shape == [3, 3, 40, 36, 2])
  }
}
