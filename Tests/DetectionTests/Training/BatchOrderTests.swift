import Engine
import Testing

@testable import Detection

@Suite struct BatchOrderTests {
  private let order = BatchOrder(
    units: [[0, 1], [2], [3, 4], [5, 6]], randomness: RandomSource(seed: 9))

  @Test func eachSampleIsDrawnOnceAnEpochBesideItsTwin() {
    for epoch in 0..<5 {
      let drawn = order.samples(from: 7 * epoch, number: 7)
      #expect(drawn.map(\.sample).sorted() == Array(0..<7))
      for unit in Set(drawn.map(\.unit)) {
        let places = drawn.indices.filter { drawn[$0].unit == unit }
        #expect(places == Array(places[0]..<places[0] + places.count))
      }
    }
  }

  @Test func theOrderDependsOnThePlaceAlone() {
    let whole = order.samples(from: 0, number: 30).map(\.sample)
    #expect(order.samples(from: 11, number: 9).map(\.sample) == Array(whole[11..<20]))
    #expect(Array(whole[0..<7]) != Array(whole[7..<14]))
  }
}
