import ArgumentParser
import Faces
import Records
import Testing
import Workflows

@testable import dflab

@Suite struct AugmentCommandTests {
  @Test func optionsBecomeARequest() throws {
    let request = try Augment.parse([
      "--name", "n", "--faces", "a", "b", "--models", "m", "--recipe", "r.json", "--count", "9",
      "--split", "50/25/25", "--fake-ratio", "2", "--seed", "5", "--size", "128", "--no-audit",
      "--force",
      "--workspace", "w",
    ]).request
    #expect(request.name == "n" && request.faces == ["a", "b"] && request.models == ["m"])
    #expect(request.recipe == "r.json" && request.count == 9 && request.fakeRatio == 2)
    #expect(request.shares.description == "50/25/25" && request.seed == 5 && request.size == 128)
    #expect(!request.isAudited && request.isForced && request.workspace == "w")
  }

  @Test func whatIsNotGivenIsAsUsual() throws {
    #expect(try Augment.parse([]).request == AugmentRequest())
    #expect(try Augment.parse(["--models", "none"]).request.models == [])
  }

  @Test(arguments: [
    (["--count", "1"], "--count must be between 2 and 500000, not 1."),
    (["--size", "512"], "--size must be between 64 and 256, not 512."),
    (["--fake-ratio", "0"], "--fake-ratio must be between 0.1 and 10.0, not 0.0."),
    (["--fake-ratio", "nan"], "--fake-ratio must be between 0.1 and 10.0, not nan."),
    (["--models", "none", "a"], "--models takes either names or none, not both."),
    (
      ["--shard", "0/4"],
      "--shard must be I/N, with I from 1 to N and N up to 10000, such as 2/8, not '0/4'."
    ),
    (
      ["--shard", "5/4"],
      "--shard must be I/N, with I from 1 to N and N up to 10000, such as 2/8, not '5/4'."
    ),
    (
      ["--shard", "x"],
      "--shard must be I/N, with I from 1 to N and N up to 10000, such as 2/8, not 'x'."
    ),
    (
      ["--split", "70/30"],
      "--split must be three integers that sum to 100, such as 70/15/15, not '70/30'."
    ),
  ])
  func wrongValuesAreRefusedInOneSentence(options: [String], sentence: String) {
    do {
      _ = try Augment.parse(options)
      Issue.record("\(options) was not refused")
    } catch {
      #expect(Augment.message(for: error) == sentence)
      #expect(Augment.exitCode(for: error) == .validationFailure)
    }
  }

  @Test func importOptionsBecomeARequest() throws {
    let request = try DatasetImport.parse([
      "d", "--name", "n", "--layout", "celeb-df", "--split", "0/0/100", "--seed", "3",
      "--max-faces", "8",
      "--every", "2", "--workspace", "w",
    ]).request
    #expect(request.folder == "d" && request.name == "n" && request.layout == .celebDF)
    #expect(request.shares.description == "0/0/100" && request.seed == 3)
    #expect(request.maxFaces == 8 && request.every == 2 && request.workspace == "w")
  }
}
