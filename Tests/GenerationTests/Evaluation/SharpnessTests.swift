import Engine
import TestSupport
import Testing

@testable import Generation

@Suite struct SharpnessTests {
  private let noise = Channels(of: .random([1, 16, 16, 3], in: 0...1, seed: 1), at: 0)

  @Test func aPictureIsAsSharpAsItself() {
    #expect(Sharpness.ratio(of: noise, to: noise) == 1)
  }

  @Test func halfTheContrastIsHalfTheGradient() throws {
    let half = Tensor.random([1, 16, 16, 3], in: 0...1, seed: 1).scaled(by: 0.5)
    let ratio = try #require(Sharpness.ratio(of: Channels(of: half, at: 0), to: noise))
    #expect(abs(ratio - 0.5) < 1e-6)
  }

  @Test func besideAnEvenPictureNothingIsSharp() {
    let even = Channels(of: Tensor(zeros: [1, 16, 16, 3]), at: 0)
    #expect(Sharpness.ratio(of: noise, to: even) == nil)
    #expect(Sharpness.ratio(of: even, to: noise) == 0)
  }

  @Test func whatTheMaskHidesHasNoSay() {
    // Left half: as the other; right half: even.
    var values = Tensor.random([1, 16, 16, 3], in: 0...1, seed: 1).values
    for place in 0..<256 where place % 16 >= 8 { for k in 0..<3 { values[place * 3 + k] = 0.5 } }
    let picture = Channels(of: Tensor(shape: [1, 16, 16, 3], values: values), at: 0)
    let mask = (0..<256).map { $0 % 16 < 8 ? 1.0 : 0 }
    #expect(Sharpness.ratio(of: picture, to: noise, mask: mask) == 1)
    #expect(Sharpness.ratio(of: picture, to: noise).map { $0 < 0.8 } == true)
  }
}
