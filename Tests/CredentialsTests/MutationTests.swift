import Foundation
import Media
import Testing

@testable import Credentials

/// Files that a stranger has changed: no crash, and nothing passes for what was signed.
@Suite struct MutationTests {
  /// How long to fuzz, for more than the usual number of changes.
  private static let seconds =
    ProcessInfo.processInfo.environment["DFLAB_FUZZ_SECONDS"].flatMap(Double.init) ?? 0

  @Test func tenThousandMutationsAreSurvived() throws {
    var files = [try Sample.signed(.png, side: 8), try Sample.signed(.jpeg(quality: 90), side: 8)]
    for name in ["es256.jpg", "es512.jpg", "ed25519.png", "ps256.webp", "es384.mp4"] {
      files.append([UInt8](try Sample.reference(name)))
    }
    let contents = files.map { Sample.report($0) }
    var chance = Seeded(state: 1)
    let start = ContinuousClock.now
    var round = 0
    while round < 10_000
      || start.duration(to: .now) < .seconds(MutationTests.seconds)
    {
      let index = round % files.count
      let changed = MutationTests.mutation(of: files[index], &chance)
      let report = Sample.report(changed)
      // A change that leaves the manifest and the hashed bytes as they are is none.
      if report.verdict == .untrusted || report.verdict == .valid {
        #expect(report == contents[index], "round \(round): \(report)")
        if index < 2 {
          // The number of a JPEG's box may be any.
          let places = index == 0 ? 0..<0 : try boxNumber(in: files[index])
          let differing = changed.indices.filter { changed[$0] != files[index][$0] }
          #expect(changed.count == files[index].count && differing.allSatisfy(places.contains))
        }
      }
      round += 1
    }
  }

  /// Where a JPEG file has the number of the box that holds its store.
  private func boxNumber(in file: [UInt8]) throws -> Range<Int> {
    let place = try #require(try FoundStore(of: Data(file), at: nil)?.range).lowerBound
    return place + 6..<place + 8
  }

  /// Mutations of the store alone, whose checks are not hidden behind those of the file's format.
  @Test func mutatedStoresAreSurvived() throws {
    var chance = Seeded(state: 2)
    for name in ["es256.jpg", "es512.jpg"] {
      let file = try Sample.reference(name)
      let found = try #require(try FoundStore(of: file, at: nil))
      for round in 0..<3000 {
        let bytes = MutationTests.mutation(of: found.bytes, &chance)
        if let store = try? ManifestStore(bytes[...]), let active = store.active {
          _ = try? ManifestCheck(active, in: store).report(trusting: TrustedSigners())
          _ = try? HashBinding(of: active).check(found, in: file)
        }
        if bytes == found.bytes { Issue.record("round \(round) changed nothing") }
      }
    }
  }

  /// Some bytes changed, removed, repeated or inserted.
  private static func mutation(of file: [UInt8], _ chance: inout Seeded) -> [UInt8] {
    var bytes = file
    for _ in 0..<Int.random(in: 1...3, using: &chance) {
      let place = Int.random(in: 0..<bytes.count, using: &chance)
      let end = min(bytes.count, place + Int.random(in: 1...40, using: &chance))
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: bytes[place] ^= UInt8.random(in: 1...255, using: &chance)
      case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &chance) ?? 0
      case 2 where bytes.count > 100: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
      default: bytes[place] = bytes[place] &+ 1
      }
    }
    if bytes == file { bytes[0] ^= 1 }
    return bytes
  }
}

/// Random numbers that follow from a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
