public import Detection
public import Records

/// A request for an import of published weights.
public struct ModelImportRequest: RunRequest {
  /// What published weights are of.
  public enum Kind: Codable, Equatable, Sendable {
    case network(NetworkArchitecture)
    case mesoNet
  }

  /// A safetensors file, or MesoNet's folder.
  public var path = ""
  /// What the weights are of.
  public var kind = Kind.mesoNet
  /// The name of the model, or the prefix of MesoNet's; nil for one derived from the kind.
  public var name: String?
  /// The workspace folder; nil for the nearest one upwards from the current folder.
  public var workspace: String?

  /// Without a file.
  public init() {}

  /// An import with a default name.
  public init(_ path: String, as kind: Kind) { (self.path, self.kind) = (path, kind) }

  public static let command = "models import"

  public static let options: [RequestOption<ModelImportRequest>] = [
    RequestOption(
      "path", \.path, "Safetensors file, or MesoNet's folder", form: .argument, kind: .file(),
      isRequired: true),
    RequestOption("as", \.kind, "What the weights are of", isRequired: true),
    RequestOption(
      "name", \.name,
      "Name of the model, or prefix of MesoNet's (default: pretrained-NETWORK, mesonet)"),
    .workspace(\.workspace),
  ]

  /// Imports the weights.
  ///
  /// - Returns: the paths of the models.
  public func run() throws -> [String] {
    switch kind {
    case .network(let network):
      [
        try NetworkImport.run(
          file: path, as: network, name: name ?? "pretrained-\(network.rawValue)",
          workspace: workspace)
      ]
    case .mesoNet:
      try MesoNetImport.run(folder: path, name: name ?? "mesonet", workspace: workspace)
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
