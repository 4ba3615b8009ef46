import Testing

@testable import Detection

@Suite struct MeanIntervalTests {
  @Test func equalValuesHaveNoWidth() {
    let interval = MeanInterval(of: [2, 2, 2], groups: [0, 1, 2])
    #expect(interval.mean == 2 && interval.low == 2 && interval.high == 2)
  }

  @Test func groupsOfWhichNothingIsKnownAreNotDrawn() {
    let interval = MeanInterval(of: [1, 2], groups: [0, 900])
    #expect(interval == MeanInterval(of: [1, 2], groups: [0, 1]))
    #expect(interval.low == 1 && interval.high == 2)
  }

  // >>> from scipy.stats import bootstrap
  // >>> x = np.arange(20.)
  // >>> bootstrap((x,), np.mean, method="percentile", n_resamples=100000).confidence_interval
  // ConfidenceInterval(low=6.95, high=12.05)
  @Test func singlePicturesGiveTheIntervalOfSciPy() {
    let interval = MeanInterval(of: (0..<20).map(Double.init), groups: Array(0..<20))
    #expect(interval.mean == 9.5)
    #expect(abs(interval.low - 6.95) < 0.3 && abs(interval.high - 12.05) < 0.3)
  }

  @Test func nearCopiesDoNotNarrowTheInterval() {
    let few = MeanInterval(of: [0, 1, 2, 3, 4, 5, 6, 7], groups: Array(0..<8))
    let copies = MeanInterval(
      of: (0..<80).map { Double($0 / 10) }, groups: (0..<80).map { $0 / 10 })
    #expect(copies == few)
    let naive = MeanInterval(of: (0..<80).map { Double($0 / 10) }, groups: Array(0..<80))
    #expect(naive.high - naive.low < (few.high - few.low) / 2)
  }

  @Test func picturesOfAClipBelongTogether() {
    let clips = (0..<16).map { "clip \($0 % 8)" as String? }
    #expect(MeanInterval.groups(of: clips) == (0..<16).map { $0 % 8 })
  }

  @Test func withoutClipsNeighborsBelongTogether() {
    let groups = MeanInterval.groups(of: [String?](repeating: nil, count: 25))
    #expect(groups.first == 0 && groups.last == 9 && groups == groups.sorted())
    #expect(MeanInterval.groups(of: [nil, "x", nil]) == [0, 1, 2])
    #expect(MeanInterval.groups(of: [String?](repeating: "one clip", count: 20)).max() == 9)
  }
}
