import Engine
import Faces
import Foundation
import Media
import TestSupport
import Testing

@testable import Detection
@testable import ONNX

/// A graph that averages its input over all dimensions but the first, and gives that and its negative.
private func meanGraph(
  _ shape: [Int?], outputs: Int = 2, last: String? = nil, type: Int32 = 1
) throws -> Session {
  func port(_ name: String, _ shape: [Int?]) -> Onnx_ValueInfoProto {
    var port = Onnx_ValueInfoProto()
    port.name = name
    port.type.tensorType.elemType = type
    port.type.tensorType.shape.dim = shape.map { length in
      var dimension = Onnx_TensorShapeProto.Dimension()
      if let length { dimension.dimValue = Int64(length) } else { dimension.dimParam = "any" }
      return dimension
    }
    return port
  }
  func node(_ operation: String, _ inputs: [String], _ output: String) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    (node.opType, node.name, node.input, node.output) = (operation, output, inputs, [output])
    return node
  }
  var model = Onnx_ModelProto()
  var opset = Onnx_OperatorSetIdProto()
  opset.version = 17
  model.opsetImport = [opset]
  var mean = node("ReduceMean", ["pixels"], "mean")
  var axes = Onnx_AttributeProto()
  (axes.name, axes.type) = ("axes", .ints)
  axes.ints = (1..<max(2, shape.count)).map { Int64($0) }
  var keep = Onnx_AttributeProto()
  (keep.name, keep.type, keep.i) = ("keepdims", .int, 0)
  mean.attribute = [axes, keep]
  var rows = Onnx_AttributeProto()
  (rows.name, rows.type, rows.i) = ("axis", .int, 0)
  var flat = node("Flatten", ["mean"], "flat")
  var one = Onnx_AttributeProto()
  (one.name, one.type, one.i) = ("axis", .int, 1)
  flat.attribute = [one]
  var weight = Onnx_TensorProto()
  (weight.name, weight.dims, weight.dataType) = ("w", [1, Int64(outputs)], 1)
  weight.floatData = (0..<outputs).map { $0 == 0 ? -1 : Float($0) }
  model.graph.initializer = [weight]
  model.graph.node = [
    mean, flat, node("MatMul", ["flat", "w"], last == nil ? "answer" : "scores"),
  ]
  if let last { model.graph.node.append(node(last, ["scores"], "answer")) }
  model.graph.input = [port("pixels", shape)]
  model.graph.output = [port("answer", [nil, outputs])]
  return try Session(
    try ModelReader(folder: nil).graph(try model.serialized, path: "m.onnx"))
}

private func choices(_ change: (inout ImportedChoices) -> Void = { _ in }) -> ImportedChoices {
  var choices = ImportedChoices()
  (choices.mean, choices.deviation) = ([0.5], [0.25])
  change(&choices)
  return choices
}

private func convention(
  _ session: Session, _ choices: ImportedChoices
) throws(DetectionError) -> ImportedConvention {
  try ImportedConvention(of: session, choices: choices, path: "m.onnx")
}

struct ImportedConventionTests {
  @Test(arguments: [
    ([nil, 3, 32, 32], "nchw", 1), ([nil, 32, 32, 3], "nhwc", 1),
    ([nil, 3, 4, 32, 32], "ncthw", 4), ([nil, 4, 3, 32, 32], "ntchw", 4),
    ([nil, 4, 32, 32, 3], "nthwc", 4),
  ])
  func shapesTellTheLayout(shape: [Int?], layout: String, frames: Int) throws {
    let found = try convention(try meanGraph(shape, outputs: 1), choices())
    #expect(found.layout.rawValue == layout && found.frames == frames)
    #expect(found.view.side == 32 && found.view.share == 1 && found.batch == nil)
    #expect(found.view.mean == [0.5, 0.5, 0.5] && found.view.deviation == [0.25, 0.25, 0.25])
    #expect(found.outputs == 1 && found.scale == .logits && found.fakeOutput == 0)
  }

  @Test func whatIsNotCertainIsAskedForInOneSentence() throws {
    func message(_ session: Session, _ choices: ImportedChoices) -> String {
      do throws(DetectionError) {
        _ = try convention(session, choices)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(
      message(try meanGraph([nil, nil, nil, nil]), choices())
        == "'m.onnx' does not say in which order its input 'pixels' has channels, height and width. Give "
        + "--layout nchw, as most PyTorch models.")
    #expect(
      message(try meanGraph([nil, 3, nil, nil]), choices())
        == "'m.onnx' does not say how many pixels a side of its input has. Give --size and the number."
    )
    #expect(
      message(try meanGraph([nil, 3, 32, 32]), ImportedChoices())
        .hasPrefix("'m.onnx' does not say how pixels are normalized. Give --mean and --std as in"))
    #expect(
      message(try meanGraph([nil, 3, 32, 32]), choices())
        == "'m.onnx' does not say which of the 2 numbers of its output 'answer' is that of fakes. Give "
        + "--fake-output 1 if the second class is fake, as in most datasets, otherwise --fake-output 0."
    )
    #expect(
      message(try meanGraph([nil, 1, 32, 32]), choices())
        == "'m.onnx' cannot be imported as a detector: its input 'pixels' is [any, 1, 32, 32], without three "
        + "channels.")
    #expect(
      message(try meanGraph([nil, 3, 32, 48]), choices())
        == "'m.onnx' cannot be imported as a detector: its pictures have 48×32 pixels, and dflab's faces are "
        + "square.")
    #expect(
      message(try meanGraph([nil, 80]), choices())
        == "'m.onnx' cannot be imported as a detector: its input 'pixels' is [any, 80], neither pictures nor "
        + "clips of them.")
    #expect(
      message(try meanGraph([nil, 3, 32, 32]), choices { $0.size = 64 })
        == "'m.onnx' cannot be imported as a detector: --size is 64, and the graph takes 32.")
    #expect(
      message(try meanGraph([nil, 3, 32, 32]), choices { $0.fakeOutput = 2 })
        == "'m.onnx' cannot be imported as a detector: --fake-output is 2, and its output 'answer' has the "
        + "numbers 0 to 1.")
    #expect(
      message(try meanGraph([nil, 3, 32, 32]), choices { $0.input = "x" })
        == "'m.onnx' cannot be imported as a detector: it has no input 'x', but 'pixels'.")
  }

  @Test func outputsBecomeLogits() throws {
    func logit(_ values: [Double], _ scale: ImportedConvention.Scale, _ fake: Int) throws -> Double
    {
      var own = try convention(
        try meanGraph([nil, 3, 32, 32]), choices { $0.fakeOutput = 0 })
      (own.outputs, own.scale, own.fakeOutput) = (values.count, scale, fake)
      return own.logit(of: values[...])
    }
    #expect(try logit([1.5], .logits, 0) == 1.5)
    #expect(abs(try logit([1.5, 4], .logits, 1) - 2.5) < 1e-12)
    #expect(abs(try logit([1.5, 4], .logits, 0) + 2.5) < 1e-12)
    #expect(abs(try logit([0.2, 0.8], .probabilities, 1) - log(4)) < 1e-12)
    #expect(abs(try logit([0.75], .probabilities, 0) - log(3)) < 1e-12)
    #expect(abs(try logit([1], .probabilities, 0)) < 20, "a saturated probability is finite")
    // >>> import numpy as np; z = np.array([1., 2., 3.]); p = np.exp(z) / np.exp(z).sum()
    // >>> np.log(p[2] / (1 - p[2]))
    #expect(abs(try logit([1, 2, 3], .logits, 2) - 0.6867383124818085) < 1e-12)
  }

  @Test func slopesAreThoseOfTheLogit() throws {
    var own = try convention(try meanGraph([nil, 3, 32, 32]), choices { $0.fakeOutput = 0 })
    let cases: [([Double], ImportedConvention.Scale, Int)] = [
      ([1.5], .logits, 0), ([1.5, 4], .logits, 1), ([1, 2, 3], .logits, 2),
      ([0.3], .probabilities, 0), ([0.2, 0.5, 0.3], .probabilities, 1),
    ]
    for (values, scale, fake) in cases {
      (own.outputs, own.scale, own.fakeOutput) = (values.count, scale, fake)
      for (index, slope) in own.slopes(of: values[...]).enumerated() {
        var (up, down) = (values, values)
        up[index] += 1e-6
        down[index] -= 1e-6
        let difference = (own.logit(of: up[...]) - own.logit(of: down[...])) / 2e-6
        #expect(abs(difference - slope) < 1e-6)
      }
    }
  }

  @Test(arguments: [("Sigmoid", "probabilities"), ("Softmax", "probabilities"), ("Tanh", "logits")])
  func theLastOperatorTellsProbabilities(last: String, scale: String) throws {
    let found = try convention(
      try meanGraph([nil, 3, 32, 32], last: last), choices { $0.fakeOutput = 1 })
    #expect(found.scale.rawValue == scale)
  }
}

struct ImportedDetectorTests {
  private let faces = gradientPictures(5, side: 256, seed: 3)

  /// The mean of each normalized picture.
  private var means: [Double] {
    faces.map { face in
      let level = face.pixels.reduce(0.0) { $0 + Double($1) } / Double(face.pixels.count)
      return (level / 255 - 0.5) / 0.25
    }
  }

  private func detector(_ shape: [Int?]) throws -> ImportedDetector {
    let session = try meanGraph(shape, outputs: 1)
    return ImportedDetector(session, try convention(session, choices()), files: [])
  }

  @Test(arguments: [[nil, 3, 32, 32], [nil, 32, 32, 3], [1, 3, 32, 32], [2, 3, 32, 32]])
  func picturesAreGivenInAnyLayoutAndBatch(shape: [Int?]) throws {
    let scores = try detector(shape).scores(of: faces.map { FaceClip(still: $0) })
    for (score, mean) in zip(scores, means) {
      #expect(score.logits.count == 1 && abs(score.logits[0] + mean) < 1e-4)
    }
  }

  @Test(arguments: [[nil, 3, 4, 32, 32], [1, 4, 3, 32, 32]])
  func clipsAreScoredByWindows(shape: [Int?]) throws {
    let detector = try detector(shape)
    #expect(detector.requirements.frames == 4)
    let clip = FaceClip(faces.map { FaceClip.Frame(crop: $0) })
    let score = try #require(detector.scores(of: [clip]).first)
    // Windows of the first and of the last four frames.
    let expected = (means[..<4].reduce(0, +) + means[1...].reduce(0, +)) / 8
    #expect(score.logits.count == 1 && abs(score.logits[0] + expected) < 1e-4)
    #expect(detector.scores(of: [FaceClip(still: faces[0])])[0].reason != nil)
  }

  @Test func whatIsShownIsWhatIsGiven() throws {
    let shown = try detector([nil, 3, 32, 32]).shown([
      Image(width: 256, height: 256, filled: Color(gray: 255))
    ])
    #expect(shown[0].picture == Image(width: 32, height: 32, filled: Color(gray: 255)))
    #expect(abs(shown[0].range.upperBound - 2) < 1e-5)
  }

  @Test func occlusionFindsThePartThatSpeaksForFake() throws {
    // The logit is minus the mean: the one dark part of a bright face speaks for fake.
    var pixels = [UInt8](repeating: 255, count: 256 * 256 * 3)
    for row in 0..<64 {
      for column in 192..<256 {
        for channel in 0..<3 { pixels[(row * 256 + column) * 3 + channel] = 0 }
      }
    }
    let face = Image(width: 256, height: 256, pixels: pixels)
    let found = try detector([nil, 3, 32, 32]).evidence(on: FaceClip(still: face))
    guard case .clip(let evidence as OcclusionEvidence)? = found.first else {
      Issue.record("no evidence")
      return
    }
    let most = try #require(evidence.falls.indices.max { evidence.falls[$0] < evidence.falls[$1] })
    #expect(most / 7 <= 1 && most % 7 >= 5, "the upper right")
    #expect(evidence.falls[most] > 0 && evidence.falls[3 * 7 + 1] < 0)
    let heat = evidence.heat(side: 256)
    #expect(heat.values[32 * 256 + 220] > 0.4 && heat.values[200 * 256 + 40] < 0.05)
    #expect(try evidence.drawn().width > 512)
    #expect(evidence.sentence(of: "the face").hasPrefix("Occlusion: covering the "))
  }

  @Test func theDescriptionIsCheckedBeforeTheGraph() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("best.safetensors")
    let detector = try detector([nil, 3, 32, 32])
    func fault(_ change: (String) -> String) throws -> DetectionError? {
      var checkpoint = TrainedDetector(detector).checkpoint
      checkpoint.metadata["onnx"] = checkpoint.metadata["onnx"].map(change)
      try checkpoint.write(to: path)
      do throws(DetectionError) {
        _ = try TrainedDetector(reading: path)
        return nil
      } catch {
        return error
      }
    }
    #expect(
      try fault { $0.replacing("\"version\":1", with: "\"version\":2") }
        == .unusableDetector(
          path: path, reason: "its format has version 2, and this program reads version 1"))
    #expect(
      try fault { _ in "{}" }
        == .unusableDetector(path: path, reason: "missing or invalid 'onnx'"))
    #expect(
      try fault {
        $0.replacing("\"files\":[]", with: "\"files\":[{\"bytes\":3,\"name\":\"model.onnx\"}]")
      }
        == .unusableDetector(path: path, reason: "'onnx/model.onnx' beside it is missing"))
  }
}
