public import Detection
public import Records

/// A request for an import of published weights, or of a detector in ONNX's format.
public struct ModelImportRequest: RunRequest {
  /// What published weights are of.
  public enum Kind: Codable, Equatable, Sendable {
    case network(NetworkArchitecture)
    case mesoNet
  }

  /// A safetensors file, MesoNet's folder, or an ONNX file.
  public var path = ""
  /// What the weights are of; nil for an ONNX file.
  public var kind: Kind?
  /// The name of the model, or the prefix of MesoNet's; nil for one derived from the kind or file.
  public var name: String?
  /// How an ONNX file is given faces and read.
  public var choices = ImportedChoices()
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without a file.
  public init() {}

  /// An import with a default name.
  public init(_ path: String, as kind: Kind? = nil) { (self.path, self.kind) = (path, kind) }

  public static let command = "models import"

  public static let options: [RequestOption<ModelImportRequest>] = [
    RequestOption(
      "path", \.path, "ONNX file, safetensors file, or MesoNet's folder", form: .argument,
      kind: .file(), isRequired: true),
    RequestOption("as", \.kind, "What published weights are of; not for ONNX files"),
    RequestOption(
      "name", \.name,
      "Name of the model, or prefix of MesoNet's (default: the ONNX file's, pretrained-NETWORK, mesonet)"
    ),
    RequestOption(
      "input", \.choices.input, "Input of the graph (default: the only one)", section: section),
    RequestOption(
      "output", \.choices.output, "Output of the graph (default: the only one)", section: section),
    RequestOption(
      "layout", \.choices.layout,
      "Order of the input's dimensions; t counts the frames of a clip (default: that of its shape)",
      section: section),
    RequestOption(
      "size", \.choices.size,
      "Width and height of the input in pixels (default: that of its shape)",
      .within(ImportedConvention.sides), section: section),
    RequestOption(
      "frames", \.choices.frames, "Frames of a clip (default: those of its shape)",
      .within(2...512), section: section),
    RequestOption(
      "mean", \.choices.mean,
      "Mean of red, green and blue of its training, for values from 0 to 1: one number or three",
      form: .commas, section: section),
    RequestOption(
      "std", \.choices.deviation, "Standard deviations that they are divided by", form: .commas,
      section: section),
    RequestOption(
      "crop-margin", \.choices.cropMargin,
      "Margin on each side of the face, as a fraction of its width (default: 0.3)",
      .within(-0.3...ImportedConvention.wholeMargin), section: section),
    RequestOption(
      "fake-output", \.choices.fakeOutput,
      "Number of the output that is fake, from 0; needed where there are several",
      .within(0...100_000), section: section),
    .workspace(\.workspace),
  ]

  private static let section = "ONNX"

  public var conflict: String? {
    let own = given(
      among: "input", "output", "layout", "size", "frames", "mean", "std", "crop-margin",
      "fake-output")
    guard !path.isEmpty else { return nil }
    switch (kind, path.lowercased().hasSuffix(".onnx")) {
    case (nil, false):
      return "Give --as for published weights; an ONNX file is one whose name ends in .onnx."
    case (_?, true): return "--as cannot be used with an ONNX file. Omit it."
    case (_?, false): return own.map { "\($0) is for ONNX files alone. Omit it." }
    case (nil, true): break
    }
    let lengths: Set = [0, 1, 3]
    guard lengths.contains(choices.mean.count), lengths.contains(choices.deviation.count) else {
      return "Give --mean and --std one number, or three for red, green and blue."
    }
    return nil
  }

  /// Imports the weights or the detector.
  public func run() throws -> ModelImportOutcome {
    switch kind {
    case .network(let network)?:
      let path = try NetworkImport.run(
        file: path, as: network, name: name ?? "pretrained-\(network.rawValue)",
        workspace: workspace)
      return ModelImportOutcome(models: [path])
    case .mesoNet?:
      return ModelImportOutcome(
        models: try MesoNetImport.run(
          folder: path, name: name ?? "mesonet", workspace: workspace))
    case nil: return try ONNXImport.run(self)
    }
  }
}

extension ModelImportRequest.Kind: OptionValue {
  public static func value(of word: String) -> ModelImportRequest.Kind? {
    if word == "mesonet" { return .mesoNet }
    return PretrainedNetwork.importable.first { $0.rawValue == word }.map { .network($0) }
  }

  public var word: String {
    switch self {
    case .network(let network): network.rawValue
    case .mesoNet: "mesonet"
    }
  }

  private static var words: [String] {
    PretrainedNetwork.importable.map(\.rawValue) + ["mesonet"]
  }

  public static func kind(least: Double?, greatest: Double?) -> OptionDescription.Kind {
    .oneOf(words)
  }

  public static var demand: String { "one of \(words.joined(separator: ", "))" }
}
