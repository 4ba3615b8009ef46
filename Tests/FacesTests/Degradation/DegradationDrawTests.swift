import Engine
import Faces
import Foundation
import Media
import Testing

@Suite struct DegradationDrawTests {
  private let draws = (0..<2000).map {
    DegradationDraw().drawn(randomness: RandomSource(seed: 1).split($0))
  }

  private func share(_ kind: Degradation.Kind) -> Double {
    Double(draws.count { $0.contains { $0.kind == kind } }) / Double(draws.count)
  }

  @Test func eachHappensAsOftenAsItShould() {
    let draw = DegradationDraw()
    #expect(abs(share(.jpeg) - draw.jpeg.probability) < 0.05)
    #expect(abs(share(.resize) - draw.resize.probability) < 0.05)
    #expect(abs(share(.blur) - draw.blur.probability) < 0.05)
    #expect(abs(share(.noise) - draw.noise.probability) < 0.05)
    #expect(abs(share(.color) - draw.color.probability) < 0.05)
    #expect(share(.h264) == 0)
  }

  @Test func qualitiesFillTheirRange() {
    let qualities = draws.joined().compactMap { degradation -> Int? in
      if case .jpeg(let quality) = degradation { quality } else { nil }
    }
    #expect(qualities.allSatisfy { $0 >= 40 && $0 <= 100 })
    #expect((qualities.min() ?? 99) < 43 && (qualities.max() ?? 0) > 97)
  }

  @Test func theOrderIsDrawnToo() {
    let orders = draws.compactMap { degradations -> Bool? in
      let kinds = degradations.map(\.kind)
      guard let jpeg = kinds.firstIndex(of: .jpeg), let blur = kinds.firstIndex(of: .blur) else {
        return nil
      }
      return jpeg < blur
    }
    let first = Double(orders.count { $0 }) / Double(orders.count)
    #expect(abs(first - 0.5) < 0.1)
  }

  @Test func theSameChanceDrawsTheSame() {
    let source = RandomSource(seed: 9)
    #expect(
      DegradationDraw().drawn(randomness: source) == DegradationDraw().drawn(randomness: source))
    #expect(DegradationDraw.none.drawn(randomness: source).isEmpty)
  }

  @Test func h264IsDrawnOnRequest() throws {
    var draw = DegradationDraw.none
    draw.h264 = .init(1, from: 23, to: 23)
    #expect(draw.drawn(randomness: RandomSource(seed: 1)) == [.c23])
    let coded = try JSONDecoder().decode(
      DegradationDraw.self, from: try JSONEncoder().encode(draw))
    #expect(coded == draw)
  }

  @Test func severalAreAppliedInTurn() throws {
    let image = Image.smooth(side: 48)
    let (blur, noise) = (Degradation.blur(deviation: 2), Degradation.noise(deviation: 9))
    let source = RandomSource(seed: 2)
    let both = try [blur, noise].applied(to: image, randomness: source)
    let blurred = try blur.applied(to: image, randomness: source.split(0))
    #expect(try both == noise.applied(to: blurred, randomness: source.split(1)))
    #expect(try both != [noise, blur].applied(to: image, randomness: source))
  }

  @Test func someTranscodedFramesArePredictedFromOthers() throws {
    var draw = DegradationDraw.none
    draw.transcode = .init(1, from: 0.5, to: 1)
    draw.motion = .init(0.5, from: 1, to: 3)
    let motions = (0..<80).flatMap { number in
      draw.drawn(randomness: RandomSource(seed: 4).split(number))
    }.map { degradation -> Double? in
      guard case .transcode(_, _, let motion) = degradation else { return -1 }
      return motion
    }
    #expect(motions.count == 80)
    #expect((25...55).contains(motions.count { $0 != nil }))
    #expect(motions.compactMap(\.self).allSatisfy { (1...3).contains($0) })
    let image = Image.smooth(side: 48)
    let (still, moving) = (
      Degradation.transcode(scale: 0.8, quantizer: 40, motion: nil),
      Degradation.transcode(scale: 0.8, quantizer: 40, motion: 2)
    )
    let source = RandomSource(seed: 3)
    let moved = try moving.applied(to: image, randomness: source)
    #expect(try moved != still.applied(to: image, randomness: source))
    #expect(try moved == moving.applied(to: image, randomness: source))
  }

  @Test func transcodingAndSharpeningAreOffAndChangeNoOtherDraw() {
    var draw = DegradationDraw()
    draw.transcode = .init(1, from: 0.5, to: 0.5)
    draw.sharpen = .init(1, from: 0.3, to: 0.3)
    for number in 0..<50 {
      let source = RandomSource(seed: 9).split(number)
      let usual = DegradationDraw().drawn(randomness: source)
      let more = draw.drawn(randomness: source)
      #expect(usual.allSatisfy(more.contains) && more.count == usual.count + 2)
      #expect(more.contains(.sharpen(amount: 0.3)))
      let quantizers = more.compactMap { degradation -> Int? in
        guard case .transcode(let scale, let quantizer, nil) = degradation else { return nil }
        return scale == 0.5 ? quantizer : nil
      }
      #expect(quantizers.count == 1 && (18...40).contains(quantizers[0]))
    }
  }
}
