import Detection
import Foundation
import Testing

@Suite struct ProportionTests {
  // >>> scipy.stats.binomtest(k, n).proportion_ci(0.95, method="exact")
  @Test(arguments: [
    (0, 12, 0.0, 0.264648), (1, 31, 0.000816, 0.167021), (6, 124, 0.017962, 0.102344),
    (31, 31, 0.887811, 1.0), (250, 1000, 0.22343, 0.27805), (0, 1, 0.0, 0.975),
    (19, 20, 0.751267, 0.998735),
  ])
  func intervalsAreSciPys(count: Int, total: Int, low: Double, high: Double) {
    let interval = Proportion(count, of: total).interval
    #expect(abs(interval.low - low) < 1e-6 && abs(interval.high - high) < 1e-6)
  }

  @Test func sharesAreSaidWithTheirIntervals() {
    #expect(Proportion(1, of: 31).text == "3.2 % (0.1 to 16.7 %)")
    #expect(Proportion(0, of: 0).text == "–" && Proportion(0, of: 0).share == nil)
  }

  @Test func filesHoldCountsAndAreCheckedWhenRead() throws {
    let share = Proportion(1, of: 31)
    let data = try JSONEncoder().encode(share)
    #expect(String(decoding: data, as: UTF8.self).contains("\"share\":0.03225"))
    #expect(try JSONDecoder().decode(Proportion.self, from: data) == share)
    for text in [#"{"count":2,"total":1}"#, #"{"count":-1,"total":1}"#, #"{"count":1}"#] {
      #expect(throws: DecodingError.self) {
        _ = try JSONDecoder().decode(Proportion.self, from: Data(text.utf8))
      }
    }
  }
}
