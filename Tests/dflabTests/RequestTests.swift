import ArgumentParser
import Foundation
import Generation
import TestSupport
import Testing

@testable import Records
@testable import Workflows
@testable import dflab

@Suite struct RequestTests {
  @Test func everyRequestSurvivesItsCommandLineAndJSON() throws {
    try check(SwapRequest(a: "x", b: "y")) { try ($0 as? Swap)?.request }
    try check(ExtractRequest(inputs: ["x.mp4"], out: "y")) { try ($0 as? Extract)?.request }
    try check(ConversionRequest(model: "m", input: "x.mp4", side: .a, output: "y.mp4")) {
      try ($0 as? Convert)?.request
    }
    try check(ReenactRequest(driver: "x.mp4", target: "y.mp4", output: "z.mp4")) {
      try ($0 as? Reenact)?.request
    }
    try check(AugmentRequest()) { try ($0 as? Augment)?.request }
    try check(SynthesisRequest()) { try ($0 as? Synthesize)?.request }
    try check(PretrainRequest()) { try ($0 as? Pretrain)?.request }
    try check(SearchRequest(recipe: "x.json")) { try ($0 as? Search)?.request }
    try check(DuelRequest()) { try ($0 as? Duel)?.request }
    try check(InferenceRequest(inputs: ["x.mp4"])) { try ($0 as? Detect)?.inferenceRequest }
    try check(DetectRequest()) { try ($0 as? Detect)?.trainingRequest }
    try check(EvaluateRequest()) { try ($0 as? Detect)?.testingRequest }
    try check(CalibrateRequest("x")) { try ($0 as? Detect)?.calibrationRequest }
    try check(CrossValidationRequest(table: "x.csv")) {
      try ($0 as? Detect)?.crossValidationRequest
    }
    try check(ImportRequest(folder: "x", name: "y")) { try ($0 as? DatasetImport)?.request }
    try check(MergeRequest(["x"], out: "y")) { try ($0 as? DatasetMerge)?.request }
    try check(ExportRequest("x", as: "y")) { try ($0 as? ModelExport)?.request }
    try check(ModelImportRequest("x", as: .mesoNet)) { try ($0 as? ModelImport)?.request }
    try check(ModelImportRequest("x.onnx")) { try ($0 as? ModelImport)?.request }
  }

  /// Checks a request, with each of its options, and with as many as fit together.
  private func check<Request: RunRequest>(
    _ base: Request, _ parsed: (any ParsableCommand) throws -> Request?
  ) throws {
    var (requests, all) = ([base], base)
    for option in Request.options {
      var (one, more) = (base, all)
      try option.write(&one, RequestTests.words(for: option))
      try option.write(&more, RequestTests.words(for: option))
      #expect(one != base, "\(Request.command) --\(option.name)")
      if one.fault == nil { requests.append(one) }
      if more.fault == nil { all = more }
    }
    requests.append(all)
    for request in requests {
      let data = try JSONEncoder().encode(request)
      #expect(try JSONDecoder().decode(Request.self, from: data) == request)
      let command = try DFLab.parseAsRoot(request.line)
      #expect(try parsed(command) == request, "dflab \(ShellWord.line(request.line))")
    }
    #expect(Request.options.contains { $0.name == Request.outputOption })
    #expect(requestActions.contains { RequestTests.command(of: $0) == Request.command })
  }

  private static func command<Action: RequestAction>(of action: Action.Type) -> String {
    Action.Request.command
  }

  /// Valid words for an option, other than its default.
  private static func words<Request>(for option: RequestOption<Request>) -> [String] {
    let description = option.description
    func number(_ least: Double?, _ greatest: Double?) -> Double {
      let low = least ?? -5
      return greatest.map { (low + 3 * $0) / 4 } ?? low + 3.5
    }
    switch description.kind {
    case .truth: return [description.usual == ["true"] ? "false" : "true"]
    case .whole(let least, let greatest):
      return ["\(Int(option.name == "seed" ? 7 : number(least, greatest)))"]
    case .number(let least, let greatest): return ["\(number(least, greatest))"]
    case .oneOf(let words) where option.name == "as": return [words[0]]
    case .oneOf(let words):
      return [words.last == description.usual.first ? words[0] : words[words.count - 1]]
    case .file, .folder, .text:
      switch option.name {
      case "detectors": return ["cnn", "meso4"]
      case "split": return ["50/25/25"]
      case "face": return ["2"]
      case "identities": return ["p/q.csv"]
      case "shard": return ["2/4"]
      default:
        let isSingle = [.single, .argument].contains(description.form)
        return isSingle ? ["a b/c.d"] : ["p/q", "r"]
      }
    }
  }

  @Test func aRecordedRequestMeansTheSameInEveryFolder() throws {
    let folder = try TemporaryFolder()
    let workspace = try Workspace.make(at: folder.path).workspace
    var request = ConversionRequest(
      model: "ab", input: "\(workspace.path)/in.mp4", side: .a, output: "/elsewhere/out.mp4")
    (request.workspace, request.reference) = (workspace.path, "http://example.org/face.jpg")
    let recorded = request.recorded(in: workspace)
    #expect(
      recorded.line == [
        "convert", "--model", "ab", "--input", "in.mp4", "--to", "a", "--out", "/elsewhere/out.mp4",
        "--reference", "http://example.org/face.jpg",
      ])
    #expect(recorded.resolved(in: workspace) == request)
    request.model = "weights/best.safetensors"
    #expect(request.recorded(in: workspace).model == Workspace.absolute(request.model))
  }

  @Test func wrongWordsAreSaidAsRangesAre() {
    let wrong = [
      (["--batch", "many"], "--batch must be an integer, not 'many'."),
      (["--sharpen", "much"], "--sharpen must be a number, not 'much'."),
      (["--model", "slow"], "--model must be one of original, fast, not 'slow'."),
    ]
    for (words, sentence) in wrong {
      #expect {
        try Swap.parse(["--a", "x", "--b", "y"] + words)
      } throws: {
        Swap.message(for: $0) == sentence
      }
    }
  }

  @Test func aRequestKeepsWhatALaterSessionLeavesOut() {
    var first = SwapRequest(a: "x", b: "y")
    (first.batch, first.iterations, first.mask) = (4, 10, .hull)
    first.sessionOptions.evaluateEvery = 50
    let later = SwapRequest(a: "x", b: "y")
    let both = later.filled(from: first, except: ["iterations"])
    #expect(both.batch == 4 && both.iterations == nil && both.mask == .hull)
    #expect(both.sessionOptions.evaluateEvery == 100, "an option with a default is not left out")
  }
}
