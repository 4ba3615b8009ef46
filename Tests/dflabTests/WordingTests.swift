import Testing

@testable import dflab

@Suite struct WordingTests {
  @Test(arguments: [
    (4.2, "4 s"), (59.6, "1 min 00 s"), (184, "3 min 04 s"), (7500, "2 h 05 min"),
  ])
  func timesAreRead(seconds: Double, text: String) {
    #expect(time(seconds) == text)
  }

  @Test func numbersHaveTheirDecimalsWhateverTheLocale() {
    #expect(decimals(1234.567, 1) == "1234.6")
    #expect(decimals(0.8, 3) == "0.800")
  }
}
