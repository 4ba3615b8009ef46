public import Detection
public import Engine
public import Faces
public import Generation
public import Media
public import Records

// The types of options that rooms below define.

extension SwapArchitecture: OptionValue {}
extension SwapEffort: OptionValue {}
extension ModelSelection: OptionValue {}
extension Precision: OptionValue {}
extension Side: OptionValue {}
extension MaskShape: OptionValue {}
extension SwapDirection: OptionValue {}
extension ReconstructionLoss: OptionValue {}
extension AdversarialSettings.Kind: OptionValue {}
extension ColorTransfer: OptionValue {}
extension BlendMode: OptionValue {}
extension VideoCodec: OptionValue {}
extension Ensemble: OptionValue {}
extension PublicLayout: OptionValue {}
extension PretrainModel: OptionValue {}
extension ImportedConvention.Layout: OptionValue {}

extension SplitRatios: OptionValue {
  public static func value(of word: String) -> Self? { Self(word) }
  public var word: String { description }
  public static var demand: String { "three integers that sum to 100, such as 70/15/15" }
}

extension IdentityRule: OptionValue {
  public static func value(of word: String) -> Self? { Self(word) }
  public var word: String { description }
  public static var demand: String { "layout, folder, file, none or a CSV file" }
}

extension FaceChoice: OptionValue {
  public static func value(of word: String) -> Self? { Self(word) }
  public var word: String { name }
  public static var demand: String { "largest, all, or a number of at least 1" }
}

extension RequestOption {
  /// The part of the work; the same for all commands that can share it.
  static func shard(
    _ path: any WritableKeyPath<Request, Shard?> & Sendable, of items: String
  ) -> RequestOption {
    RequestOption(
      "shard", path,
      """
      Part I of N of the \(items), such as 2/8, written to \(Request.outputOption.uppercased())-I-of-N \
      and joined by dflab datasets merge (default: all)
      """)
  }

  /// The workspace; the same for all commands.
  static func workspace(
    _ path: any WritableKeyPath<Request, String?> & Sendable
  ) -> RequestOption {
    RequestOption(
      "workspace", path,
      "Workspace folder (default: the nearest workspace at or above the current folder)",
      kind: .folder)
  }
}
