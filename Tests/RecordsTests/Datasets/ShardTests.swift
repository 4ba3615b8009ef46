import Foundation
import Testing

@testable import Records

@Suite struct ShardTests {
  @Test(arguments: ["", "x", "0/4", "5/4", "1/0", "1/10001", "-1/4", "1/4/2", "1/", "/4", "+1/4"])
  func otherWordsAreNoShards(word: String) { #expect(Shard(word) == nil) }

  @Test func wordsSurviveARoundTrip() throws {
    let shard = try #require(Shard("2/8"))
    #expect(shard.number == 2 && shard.count == 8 && shard.description == "2/8")
    let data = try JSONEncoder().encode([shard])
    #expect(try JSONDecoder().decode([Shard].self, from: data) == [shard])
    #expect(shard.name(of: "a") == "a-2-of-8")
  }

  @Test(arguments: [0, 1, 3, 7, 100], [1, 2, 3, 10])
  func partsInOrderAreTheWhole(items: Int, count: Int) throws {
    let parts = try (1...count).map { try #require(Shard("\($0)/\(count)")).part(of: items) }
    #expect(parts.flatMap { Array($0) } == Array(0..<items))
    let sizes = parts.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
}
