import ArgumentParser
import Engine
import Foundation
import Generation
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct BenchCommandTests {
  @Test func optionsBecomeABenchmark() throws {
    let benchmark = try BenchSwap.parse([
      "--mode", "infer", "--model", "fast", "--precision", "bf16", "--batch", "1", "--repeats", "3",
    ]).benchmark
    #expect(benchmark.mode == .infer && benchmark.architecture == .fast)
    #expect(benchmark.precision == .bfloat16 && benchmark.batch == 1 && benchmark.repeats == 3)
  }

  @Test func withoutOptionsItIsThePeersBenchmark() throws {
    let benchmark = try BenchSwap.parse([]).benchmark
    #expect(benchmark.mode == .train && benchmark.architecture == .original)
    #expect(benchmark.precision == .float32 && benchmark.batch == 16)
  }

  @Test func theObjectHasTheNamesThatAllBenchmarksUse() throws {
    var benchmark = SwapBenchmark()
    (benchmark.architecture, benchmark.mode) = (.fast, .infer)
    (benchmark.batch, benchmark.repeats) = (1, 1)
    let report = BenchReport(result: benchmark.measure(), layers: benchmark.layers())
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try report.json.utf8)) as? [String: Any])
    for name in ["faces_per_second", "gflops", "peak_share", "peak_memory_bytes"] {
      let value = try #require(object[name] as? Double, "\(name)")
      #expect(value > 0)
    }
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(layers.first?["layer"] as? String == "encoder.0")
    #expect(report.text.contains("faces/s"))
    #expect(report.text.contains("decoder_b.0.0"))
  }
}
