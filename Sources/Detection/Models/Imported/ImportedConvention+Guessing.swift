import Engine
import Faces
import Foundation
public import ONNX

/// What a user says of a network that was trained elsewhere; nil for what the graph may tell.
public struct ImportedChoices: Codable, Equatable, Sendable {
  public var input: String?
  public var output: String?
  public var layout: ImportedConvention.Layout?
  public var size: Int?
  public var frames: Int?
  /// One number for all channels, or three.
  public var mean: [Float] = []
  public var deviation: [Float] = []
  /// The margin on each side of the face, as a fraction of its width.
  public var cropMargin: Double?
  public var fakeOutput: Int?

  public init() {}
}

extension ImportedConvention {
  /// The sides that networks may have.
  public static let sides = 16...1024
  /// The margin of a crop as it is: the face covers the middle 62.5 %.
  public static let wholeMargin = 0.3

  /// The convention of a graph: what a user says, otherwise what the model says itself, otherwise what
  /// the shapes leave no doubt about.
  ///
  /// - Throws: `unknownConvention`, with the option that is missing, or `unsuitableModel`.
  public init(
    of session: Session, choices: ImportedChoices, path: String
  ) throws(DetectionError) {
    let guess = Guess(session: session, choices: choices, path: path)
    let port = try guess.port(
      session.inputs, named: choices.input, kind: "input", option: "--input")
    guard [.float32, .float16, nil].contains(port.type) else {
      throw guess.unsuitable(
        "its input '\(port.name)' is of \(port.type?.rawValue ?? ""), not float32")
    }
    let layout = try guess.layout(of: port)
    let shape = port.shape ?? [Int?](repeating: nil, count: layout.rawValue.count)
    func length(_ letter: Character) -> Int? { layout.place(of: letter).flatMap { shape[$0] } }
    let frames =
      layout.isOfClips
      ? try guess.length(length("t"), choices.frames, "--frames", "frames a clip has", 2...512) : 1
    let (height, width) = (length("h"), length("w"))
    guard height == nil || width == nil || height == width else {
      throw guess.unsuitable(
        "its pictures have \(width ?? 0)×\(height ?? 0) pixels, and dflab's faces are square")
    }
    let known = guess.own
    let side = try guess.length(
      height ?? width, choices.size ?? known?.side, "--size", "pixels a side of its input has",
      ImportedConvention.sides)
    let (mean, deviation) = try guess.normalization(isOwn: known != nil)
    let share =
      choices.cropMargin.map { Crop.coverage * (1 + 2 * $0) } ?? known?.share ?? 1
    let target = try guess.port(
      session.outputs, named: choices.output ?? guess.ownOutput, kind: "output",
      option: "--output")
    let scale: Scale =
      switch session.lastOperator(of: target.name) {
      case "Sigmoid", "Softmax", "HardSigmoid": .probabilities
      default: .logits
      }
    self.init(
      input: port.name, layout: layout,
      view: DetectorInput(side: side, share: min(share, 1), mean: mean, deviation: deviation),
      frames: frames, batch: length("n"), type: port.type ?? .float32, output: target.name,
      outputs: 1, scale: scale, fakeOutput: 0)
    // How many numbers there are is only certain once the graph has run.
    outputs = try guess.outputs(of: session, by: self)
    fakeOutput = try guess.fakeOutput(outputs, of: output)
  }
}

/// What a graph, its metadata and a user tell.
private struct Guess {
  let session: Session
  let choices: ImportedChoices
  let path: String

  func unsuitable(_ reason: String) -> DetectionError {
    .unsuitableModel(path: path, reason: reason)
  }

  private func unknown(_ what: String, _ remedy: String) -> DetectionError {
    .unknownConvention(path: path, what: what, remedy: remedy)
  }

  /// The input that dflab's own exports state; nil for other models.
  var own: DetectorInput? {
    guard TrainedDetector.isDetector(session.metadata) else { return nil }
    return DetectorText.value(session.metadata[ModelKey.input.rawValue])
  }

  /// The output of dflab's own exports that comes before calibration; nil for other models.
  var ownOutput: String? {
    guard own != nil else { return nil }
    let names = session.outputs.map(\.name)
    return [ModelPort.logit, ModelPort.probability].first(where: names.contains)
  }

  /// The only port, or the named one.
  func port(
    _ ports: [Session.Port], named name: String?, kind: String, option: String
  ) throws(DetectionError) -> Session.Port {
    let names = ports.map { "'\($0.name)'" }.joined(separator: ", ")
    if let name {
      if let port = ports.first(where: { $0.name == name }) { return port }
      throw unsuitable("it has no \(kind) '\(name)', but \(names.isEmpty ? "none" : names)")
    }
    guard let only = ports.first else { throw unsuitable("it has no \(kind)") }
    guard ports.count == 1 else {
      throw unknown("which of its \(kind)s \(names) to use", "\(option) \(only.name)")
    }
    return only
  }

  func layout(of port: Session.Port) throws(DetectionError) -> ImportedConvention.Layout {
    let rank = port.shape?.count
    func fits(_ layout: ImportedConvention.Layout) -> Bool {
      guard let shape = port.shape else { return true }
      guard shape.count == layout.rawValue.count, let place = layout.place(of: "c") else {
        return false
      }
      return shape[place].map { $0 == 3 } ?? true
    }
    let shape = (port.shape ?? []).map { $0.map { "\($0)" } ?? "any" }.joined(separator: ", ")
    let stated = own == nil ? nil : session.metadata[ModelKey.layout.rawValue]
    if let layout = choices.layout ?? stated.flatMap({ ImportedConvention.Layout(rawValue: $0) }) {
      guard fits(layout) else {
        throw unsuitable(
          "its input '\(port.name)' is [\(shape)], which is not three channels in the layout "
            + layout.rawValue)
      }
      return layout
    }
    if let rank, rank != 4, rank != 5 {
      throw unsuitable(
        "its input '\(port.name)' is [\(shape)], neither pictures nor clips of them")
    }
    let fitting = ImportedConvention.Layout.allCases.filter(fits)
    guard let first = fitting.first else {
      throw unsuitable("its input '\(port.name)' is [\(shape)], without three channels")
    }
    // Three channels where the graph says so leave no doubt.
    let certain = fitting.filter { layout in
      layout.place(of: "c").flatMap { port.shape?[$0] } == 3
    }
    if certain.count == 1 { return certain[0] }
    throw unknown(
      "in which order its input '\(port.name)' has channels, height and width",
      "--layout \(fitting.contains(.nchw) ? "nchw" : first.rawValue), as most PyTorch models")
  }

  /// A length that the graph fixes, or else the user.
  func length(
    _ fixed: Int?, _ chosen: Int?, _ option: String, _ meaning: String, _ range: ClosedRange<Int>
  ) throws(DetectionError) -> Int {
    if let fixed, let chosen, fixed != chosen {
      throw unsuitable("\(option) is \(chosen), and the graph takes \(fixed)")
    }
    guard let length = fixed ?? chosen else {
      throw unknown("how many \(meaning)", "\(option) and the number")
    }
    guard range.contains(length) else {
      throw unsuitable(
        "\(option) is \(length), which is not between \(range.lowerBound) and \(range.upperBound)")
    }
    return length
  }

  func normalization(isOwn: Bool) throws(DetectionError) -> (mean: [Float], deviation: [Float]) {
    func three(_ values: [Float], _ option: String) throws(DetectionError) -> [Float] {
      guard values.count == 1 || values.count == 3, values.allSatisfy(\.isFinite) else {
        throw unsuitable("\(option) has \(values.count) numbers, not one or three")
      }
      return values.count == 1 ? [Float](repeating: values[0], count: 3) : values
    }
    // Ours take red, green and blue from 0 to 255.
    let usual: ([Float], [Float]) = ([0, 0, 0], [1 / 255, 1 / 255, 1 / 255])
    if choices.mean.isEmpty, choices.deviation.isEmpty, isOwn { return usual }
    guard !choices.mean.isEmpty, !choices.deviation.isEmpty else {
      throw unknown(
        "how pixels are normalized",
        "--mean and --std as in its training, for values from 0 to 1: ImageNet's are --mean "
          + "0.485,0.456,0.406 --std 0.229,0.224,0.225, CLIP's --mean 0.481,0.458,0.408 --std "
          + "0.269,0.261,0.276; --mean 0.5 --std 0.5 gives −1 to 1, --mean 0 --std 1 gives 0 to 1, and "
          + "--mean 0 --std 0.0039215686 gives 0 to 255")
    }
    let deviation = try three(choices.deviation, "--std")
    guard deviation.allSatisfy({ $0 > 0 }) else { throw unsuitable("--std is not above 0") }
    return (try three(choices.mean, "--mean"), deviation)
  }

  /// How many numbers the output has for one gray picture or clip; it must be able to be computed.
  func outputs(
    of session: Session, by convention: ImportedConvention
  ) throws(DetectionError) -> Int {
    let batch = convention.batch ?? 1
    let view = convention.view
    let gray = Tensor(
      shape: [batch * convention.frames, view.side, view.side, 3],
      values: [Float](
        repeating: 0, count: batch * convention.frames * view.side * view.side * 3))
    let value: Value
    do {
      value = try ImportedDetector.output(of: session, convention, on: gray)
    } catch {
      throw unsuitable(error.description)
    }
    guard value.type.isReal, value.count > 0, value.count % batch == 0,
      value.shape.first == batch || value.count == batch
    else {
      throw unsuitable(
        "its output '\(convention.output)' is \(value.type.rawValue) \(value.shape) for \(batch) "
          + "\(batch == 1 ? "picture" : "pictures")")
    }
    guard value.doubles.allSatisfy(\.isFinite) else {
      throw unsuitable("its output '\(convention.output)' for a gray picture is not a number")
    }
    return value.count / batch
  }

  func fakeOutput(_ count: Int, of name: String) throws(DetectionError) -> Int {
    if let chosen = choices.fakeOutput {
      guard chosen < count else {
        throw unsuitable(
          "--fake-output is \(chosen), and its output '\(name)' has the numbers 0 to \(count - 1)")
      }
      return chosen
    }
    guard count == 1 else {
      throw unknown(
        "which of the \(count) numbers of its output '\(name)' is that of fakes",
        count == 2
          ? "--fake-output 1 if the second class is fake, as in most datasets, otherwise --fake-output 0"
          : "--fake-output and its number, from 0; a detector usually has one or two outputs")
    }
    return 0
  }
}
